-- The explorer's index of a graph: what the views ask for, ready to be read. Made in one go, then only read.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- In order of their ids. body: the text and its mentions, compressed JSON.
CREATE TABLE document (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    date TEXT,
    url TEXT,
    body BLOB NOT NULL
);

-- By falling number of arrows, then by IRI: a smaller number matters more, and every list that is cut short is cut in that order. record: JSON of
-- a node whose claims are to be filled in; begin: ISO day of an event; told: statements in which it takes part.
CREATE TABLE entity (
    n INTEGER PRIMARY KEY,
    iri TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    family TEXT NOT NULL,
    degree INTEGER NOT NULL,
    told INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    lat REAL,
    lon REAL,
    begin TEXT,
    record TEXT NOT NULL
);
CREATE INDEX entity_type ON entity (type);
CREATE INDEX entity_place ON entity (n) WHERE lat IS NOT NULL;
CREATE INDEX entity_event ON entity (n) WHERE begin IS NOT NULL;

-- Names without accents, as they are searched for; rowid: the entity's number.
CREATE VIRTUAL TABLE names USING fts5(
    name, alias, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

-- In the order of documents and of their texts. status: index of the statuses, from asserted to denied. record: JSON of a Claim.
CREATE TABLE claim (
    n INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    speaker INTEGER,
    relation TEXT,
    status INTEGER NOT NULL,
    confidence REAL NOT NULL,
    begin TEXT,
    end TEXT,
    record TEXT NOT NULL
);
CREATE INDEX claim_document ON claim (document);

CREATE TABLE cited (entity INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (entity, claim)) WITHOUT ROWID;

-- All claims that say the same of the same two; in the order in which they are drawn.
CREATE TABLE arrow (
    n INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    label TEXT NOT NULL,
    relation TEXT,
    negated INTEGER NOT NULL,
    status INTEGER NOT NULL,
    claims INTEGER NOT NULL
);

CREATE TABLE arrow_claim (arrow INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (arrow, claim)) WITHOUT ROWID;

-- Who is joined to whom, both ways; weakness: less the number of statements, so that the strongest come first.
CREATE TABLE tie (
    node INTEGER NOT NULL,
    weakness INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (node, weakness, other)
) WITHOUT ROWID;
