// Days as numbers, calendar steps for axes and bars, and lanes for what stands beside each other: nothing is drawn here.
const FIRST_DAY = -719162, LAST_DAY = 2932896; // of the years 1 and 9999
const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 864e5);
const isoDay = (count) => new Date(Math.min(Math.max(Math.round(count), FIRST_DAY), LAST_DAY) * 864e5).toISOString().slice(0, 10);
const STEPS = [['day', 1], ['day', 7], ['month', 1], ['month', 3], ['month', 6], ['year', 1], ['year', 2], ['year', 5], ['year', 10], ['year', 25], ['year', 100], ['year', 500]];
const LENGTH = { day: 1, month: 30.44, year: 365.25 };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const stepFor = (daysPerPixel, pixels) => STEPS.find(([unit, count]) => (LENGTH[unit] * count) / daysPerPixel >= pixels) || STEPS[STEPS.length - 1];

// The first days of all steps from the one that holds `from` to the one after `to`.
function edgesOf([unit, count], from, to) {
  const edges = [];
  if (unit === 'day') {
    const monday = count === 7 ? 4 : 0; // day 0, 1 January 1970, was a Thursday
    for (let at = Math.floor((from - monday) / count) * count + monday; edges.length < 5000; at += count) { edges.push(at); if (at >= to) break; }
    return edges;
  }
  const first = new Date(Math.floor(from) * 864e5), months = unit === 'month' ? count : 12 * count;
  for (let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months; edges.length < 5000; month += months) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
    edges.push(date.getTime() / 864e5);
    if (edges[edges.length - 1] >= to) break;
  }
  return edges;
}

function edgeLabel([unit], at, first) {
  const date = new Date(at * 864e5), year = date.getUTCFullYear(), month = MONTHS[date.getUTCMonth()];
  if (unit === 'year') return String(year);
  if (unit === 'month') return first || date.getUTCMonth() === 0 ? `${month} ${year}` : month;
  return first || (date.getUTCMonth() === 0 && date.getUTCDate() <= 7) ? `${date.getUTCDate()} ${month} ${year}` : `${date.getUTCDate()} ${month}`;
}

// How much of the items falls between each two edges, by group; what is longer than a step is spread evenly over its days.
function binsOf(items, edges, groups) {
  const count = edges.length - 1, bins = groups.map(() => new Float64Array(count + 1));
  const indexOf = (at) => { let low = 0, high = count - 1; while (low < high) { const middle = (low + high + 1) >> 1; if (edges[middle] <= at) low = middle; else high = middle - 1; } return low; };
  for (const item of items) {
    if (item.to <= edges[0] || item.from >= edges[count]) continue;
    const begin = indexOf(Math.max(item.from, edges[0])), end = indexOf(Math.min(item.to, edges[count]) - 1e-6), group = bins[groups.indexOf(item.group)];
    const share = Math.min((edges[begin + 1] - edges[begin]) / (item.to - item.from), 1);
    if (begin === end) { group[begin] += Math.min(share * 1, 1); group[begin + 1] -= Math.min(share * 1, 1); } else { group[begin] += share; group[end + 1] -= share; }
  }
  for (const group of bins) for (let index = 1; index <= count; index++) group[index] += group[index - 1];
  return bins.map((group) => group.subarray(0, count));
}

// Rows for items that come by their first day, so that none covers another, with room for labels if there are: { placed: [{ item, row, left, right }], rows }, or null where `most` rows are too few.
function lanesOf(items, x, most, widthOfLabel) {
  const ends = [], placed = [];
  for (const item of items) {
    const day = item.to - item.from <= 1 && !item.open, middle = x(item.from + 0.5);
    const left = day ? middle - 5 : x(item.from) - (item.open === 'begin' ? 34 : 0), right = day ? middle + 5 : Math.max(x(item.to), x(item.from) + 6) + (item.open === 'end' ? 34 : 0);
    let row = ends.findIndex((end) => end <= left);
    if (row < 0) row = ends.length;
    if (row >= most) return null;
    ends[row] = right + widthOfLabel(item) + 1;
    placed.push({ item, row, left, right });
  }
  return { placed, rows: ends.length };
}

// Where most of the days lie: a date centuries away makes no scale for the others.
function spanOf(items) {
  if (!items.length) return null;
  const from = items.map((item) => item.from).sort((a, b) => a - b), to = items.map((item) => item.to).sort((a, b) => a - b);
  const last = items.length - 1, whole = [from[0], to[last]], length = whole[1] - whole[0];
  const without = (share) => { const cut = items.length < 20 ? 0 : Math.ceil(items.length * share); return [from[cut], to[last - cut]]; };
  const [begin, end] = [[0.04, 0.5], [0.1, 0.2]].map(([share, most]) => [without(share), most]).filter(([[low, high], most]) => high - low < most * length).map(([span]) => span)[0] || whole;
  const wider = ([low, high]) => { const margin = Math.max((high - low) * 0.03, 2); return [Math.max(low - margin, FIRST_DAY), Math.min(high + margin, LAST_DAY)]; };
  return { usual: wider([begin, end]), whole: wider(whole) };
}
