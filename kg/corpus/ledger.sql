-- The ledger of a folder: what was read, who is one with whom, what every document gives to the graph.
-- Rows that depend on one document bear its number; `pending` names what a build has still to do elsewhere.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- content: digest of the document as given, empty for an annotation; words: digest of its text; made: what read it ("" where its annotation was
-- given); annotation: the annotation as read, a compressed JSON line; twin: another document has the same text;
-- stale: what it gives to the graph has changed; context and count: JSON.
CREATE TABLE document (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL,
    words BLOB NOT NULL,
    made TEXT NOT NULL,
    run TEXT,
    annotation BLOB NOT NULL,
    twin INTEGER NOT NULL DEFAULT 1,
    stale INTEGER NOT NULL DEFAULT 0,
    context TEXT,
    count TEXT
);
CREATE INDEX document_words ON document (words);
CREATE INDEX document_made ON document (made);
CREATE INDEX document_run ON document (run);
CREATE INDEX document_stale ON document (n) WHERE stale;

-- An entity of a document that is compared with those of others. own: its IRI as read; iri: that of its cluster;
-- likeness: a digest of what makes it like others in a big block.
CREATE TABLE profile (
    n INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    entity TEXT NOT NULL,
    own TEXT NOT NULL,
    iri TEXT,
    component INTEGER,
    cluster INTEGER,
    likeness BLOB NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX profile_document ON profile (document);
CREATE INDEX profile_component ON profile (component);
CREATE INDEX profile_cluster ON profile (cluster);

CREATE TABLE block (key TEXT NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (key, profile)) WITHOUT ROWID;
CREATE TABLE big_block (key TEXT PRIMARY KEY) WITHOUT ROWID;

-- Pairs that were compared and whose names agree, the smaller key first; `respelt` are one within a document.
CREATE TABLE edge (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    score REAL NOT NULL,
    weak INTEGER NOT NULL,
    conflict INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX edge_b ON edge (b);
CREATE TABLE respelt (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;

-- name: canonical name; document and entity: its first member; given: an IRI that it keeps; score: of its weakest pair.
CREATE TABLE cluster (
    n INTEGER PRIMARY KEY,
    component INTEGER NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    entity TEXT NOT NULL,
    lone INTEGER NOT NULL,
    given TEXT,
    score REAL,
    iri TEXT
);
CREATE INDEX cluster_component ON cluster (component);
CREATE INDEX cluster_name ON cluster (name, document, entity);
CREATE INDEX cluster_iri ON cluster (iri);

-- What a document tells of an entity by its IRI in the graph.
CREATE TABLE entity (document INTEGER NOT NULL, iri TEXT NOT NULL, told TEXT NOT NULL);
CREATE INDEX entity_document ON entity (document);
CREATE INDEX entity_iri ON entity (iri);

-- The nodes of the graph of entities, each with its most specific class and how many facts it has.
CREATE TABLE node (iri TEXT PRIMARY KEY, kind TEXT NOT NULL, facts INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE stance (
    document INTEGER NOT NULL,
    pair TEXT NOT NULL,
    subject TEXT NOT NULL,
    object TEXT NOT NULL,
    denies INTEGER NOT NULL,
    single INTEGER NOT NULL,
    row TEXT NOT NULL
);
CREATE INDEX stance_document ON stance (document);
CREATE INDEX stance_denied ON stance (pair) WHERE denies;
CREATE INDEX stance_single ON stance (subject, object) WHERE single;

-- kind: block (a profile has left it), likeness (of a profile that has left, in hexadecimal digits), component (to be clustered anew), iri (an entity of the graph whose facts may
-- have changed), graph (a named graph that is gone).
CREATE TABLE pending (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
