/* What the explorer reckons: weights in a tree, the weighted sum of values, what would change the first place, and how
 * often each option takes each rank. No page is needed for it, and its answers are those of the program.
 *
 * A tree is a list of parents: `parents[i]` is the place of node i's parent, or -1 at the top, and a parent stands before
 * its children. Nodes without children are criteria; `weights` and rows of `values` go over these, in the tree's order.
 * A share is a node's part of the whole. `locked` lists nodes that keep their shares. A row of nulls is no option. */

export const TIE = 1e-9; // scores this near to the first of their group tie with it
const ROUNDING = 1e-9; // shares that ought to come to the same sum may be this far apart

/** List the criteria's nodes. */
export function leavesOf(parents) {
  return parents.map((_, node) => node).filter((node) => !parents.includes(node));
}

/** Add up criteria's weights: the share of every node. */
export function nodeShares(parents, weights) {
  const shares = new Array(parents.length).fill(0);
  leavesOf(parents).forEach((node, place) => {
    shares[node] = weights[place];
  });
  for (let node = parents.length - 1; node >= 0; node -= 1) {
    if (parents[node] >= 0) shares[parents[node]] += shares[node];
  }
  return shares;
}

/** Set some nodes' shares, `fixed[node]`, null for the others; all other criteria keep their proportions.
 *
 * A criterion answers to its nearest fixed node upwards, itself included, or else to the root, whose share is 1. Of a
 * fixed share, the fixed nodes below it take theirs, and the criteria that answer to it divide the rest as before. Where
 * they had nothing before, they divide it as in `otherwise`, and in equal parts where they have nothing there either. */
export function withFixed(parents, weights, fixed, otherwise) {
  const leaves = leavesOf(parents);
  const rest = new Map([[-1, 1]]);
  const holders = []; // the nearest fixed node, from each node upwards
  parents.forEach((parent, node) => {
    const above = parent < 0 ? -1 : holders[parent];
    if (fixed[node] === null) {
      holders.push(above);
      return;
    }
    holders.push(node);
    rest.set(node, fixed[node]);
    rest.set(above, rest.get(above) - fixed[node]);
  });
  const result = new Array(leaves.length).fill(0);
  for (const [holder, share] of rest) {
    const free = leaves.map((_, place) => place).filter((place) => holders[leaves[place]] === holder);
    const parts = [weights, otherwise].map((row) => free.map((place) => row[place])).find((row) => sum(row) > 0);
    free.forEach((place, index) => {
      result[place] = Math.max(share, 0) * (parts ? parts[index] / sum(parts) : 1 / free.length);
    });
  }
  const total = sum(result);
  return result.map((weight) => weight / total);
}

/** Find the least and the largest share that a node can have while the locked ones keep theirs. */
export function bounds(parents, shares, locked, node) {
  if (locked.includes(node)) return [shares[node], shares[node]];
  const leaves = leavesOf(parents);
  const nearest = (from) => {
    let above = from;
    while (above >= 0 && above !== node && !locked.includes(above)) above = parents[above];
    return above;
  };
  let holder = parents[node];
  while (holder >= 0 && !locked.includes(holder)) holder = parents[holder];
  // What is locked inside the node, and what is locked beside it under the same holder.
  let inside = 0;
  let beside = 0;
  for (const other of locked) {
    const above = parents[other] < 0 ? -1 : nearest(parents[other]);
    if (above === node) inside += shares[other];
    else if (above === holder) beside += shares[other];
  }
  const high = Math.max(inside, (holder < 0 ? 1 : shares[holder]) - beside);
  const isFree = leaves.some((leaf) => nearest(leaf) === node);
  const hasOthers = leaves.some((leaf) => nearest(leaf) === holder);
  if (!isFree) return [inside, inside];
  if (!hasOthers) return [high, high];
  return [Math.min(inside, high), Math.min(high, 1)];
}

/** Move a node to a share, as far as the locked ones let it; give the criteria's new weights. */
export function moved(parents, weights, locked, node, share, otherwise) {
  const shares = nodeShares(parents, weights);
  const [low, high] = bounds(parents, shares, locked, node);
  if (high - low <= ROUNDING) return weights;
  const fixed = shares.map((own, place) => (locked.includes(place) ? own : null));
  fixed[node] = Math.min(Math.max(share, low), high);
  return withFixed(parents, weights, fixed, otherwise);
}

/** Score options: the sum of their values, each times its criterion's weight; null where a row holds nothing. */
export function scoresOf(values, weights) {
  return values.map((row) => {
    if (row[0] === null) return null;
    let score = 0;
    for (let place = 0; place < weights.length; place += 1) score += row[place] * weights[place];
    return score;
  });
}

/** Rank scores from the highest down; ties share the better rank, as in 1, 2, 2, 4. */
export function ranksOf(scores) {
  const order = inOrder(scores);
  const ranks = new Array(scores.length).fill(null);
  const tolerance = TIE * Math.max(1, ...order.map((option) => Math.abs(scores[option])));
  let first = 0;
  order.forEach((option, place) => {
    if (scores[order[first]] - scores[option] > tolerance) first = place;
    ranks[option] = first + 1;
  });
  return ranks;
}

/** For each node that can move, find the nearest shares below and above at which another option takes the first place.
 *
 * Scores go straight with a node's share, so two of its shares tell all the others. */
export function turningPoints(parents, weights, locked, values, otherwise) {
  const shares = nodeShares(parents, weights);
  const scores = scoresOf(values, weights);
  const ranks = ranksOf(scores);
  const leader = ranks.indexOf(1);
  const points = [];
  if (ranks.filter((rank) => rank === 1).length !== 1) return points;
  parents.forEach((_, node) => {
    const [low, high] = bounds(parents, shares, locked, node);
    if (high - low <= ROUNDING) return;
    for (const end of [low, high]) {
      const there = scoresOf(values, moved(parents, weights, locked, node, end, otherwise));
      let found = null;
      scores.forEach((score, option) => {
        if (score === null || option === leader || there[option] - there[leader] <= TIE) return;
        const lead = scores[leader] - score;
        const at = shares[node] + ((end - shares[node]) * lead) / (lead + there[option] - there[leader]);
        const isNearer = found === null || Math.abs(at - shares[node]) < Math.abs(found.at - shares[node]);
        if (isNearer) found = { node, from: shares[node], at, option };
      });
      if (found) points.push(found);
    }
  });
  return points;
}

/** Choose the turning point that is the smallest change of a share. */
export function smallestTurn(points) {
  const size = (point) => Math.abs(point.at - point.from);
  return points.reduce((least, point) => (least && size(least) <= size(point) ? least : point), null);
}

/** Make a stream of random numbers from 0 to 1, the same for the same seed (sfc32, Doty-Humphrey 2010). */
export function randomStream(seed) {
  let [a, b, c, counter] = [0, seed | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 4294967296;
  };
  for (let turn = 0; turn < 12; turn += 1) next();
  return next;
}

/** Draw weights around the stated ones: Dirichlet with trust × weight; the more trust, the nearer they stay. */
export function drawWeights(random, weights, trust) {
  const drawn = weights.map((weight) => (weight > 0 ? gamma(random, trust * weight) : 0));
  const total = sum(drawn);
  return total > 0 ? drawn.map((part) => part / total) : weights;
}

/** Count how often each option takes each rank; ties share the ranks that they take together. */
export class RankShares {
  constructor(values, weights, trust, seed) {
    this.present = values.map((_, option) => option).filter((option) => values[option][0] !== null);
    this.rows = this.present.map((option) => values[option]);
    this.weights = weights;
    this.trust = trust;
    this.random = randomStream(seed);
    this.counts = this.present.map(() => new Float64Array(this.present.length));
    this.samples = 0;
  }

  /** Draw weights so many times more. */
  draw(times) {
    for (let turn = 0; turn < times; turn += 1) this.count(drawWeights(this.random, this.weights, this.trust));
  }

  /** Count the ranking under one row of weights. */
  count(weights) {
    const scores = scoresOf(this.rows, weights);
    const order = inOrder(scores);
    const tolerance = TIE * Math.max(1, scores[order[0]]);
    for (let first = 0, next = 0; first < order.length; first = next) {
      while (next < order.length && scores[order[first]] - scores[order[next]] <= tolerance) next += 1;
      for (let member = first; member < next; member += 1) {
        for (let rank = first; rank < next; rank += 1) this.counts[order[member]][rank] += 1 / (next - first);
      }
    }
    this.samples += 1;
  }

  /** Give for each option present its share of each rank. */
  shares() {
    return this.counts.map((row) => Array.from(row, (count) => count / this.samples));
  }
}

/** Give the numbers to write for each node's weight so that criteria come to these weights; null keeps what is written.
 *
 * `stated` are the weights that the file comes to as it is, `numbers` the nodes' own numbers in it, null where there are
 * none. Only siblings whose proportions change get new numbers, on the scale that they had. */
export function weightNumbers(parents, numbers, stated, weights) {
  const before = nodeShares(parents, stated);
  const after = nodeShares(parents, weights);
  const written = new Array(parents.length).fill(null);
  for (const parent of new Set(parents)) {
    const members = parents.map((_, node) => node).filter((node) => parents[node] === parent);
    const part = (shares) => members.map((node) => shares[node] / sum(members.map((other) => shares[other])));
    const [was, is] = [part(before), part(after)];
    // A group without any weight says nothing of its members' proportions.
    if (is.some(Number.isNaN) || is.every((share, place) => Math.abs(share - was[place]) <= TIE)) continue;
    const known = members.findIndex((node, place) => numbers[node] > 0 && was[place] > 0);
    const whole = known < 0 ? null : numbers[members[known]] / was[known]; // what the members' numbers come to
    const isSum = parent >= 0 && numbers[parent] === null && whole !== null; // and this is the group's own number then
    const scale = isSum ? whole : (whole === null ? 100 : whole * Math.max(...was)) / Math.max(...is);
    members.forEach((node, place) => {
      written[node] = rounded(is[place] * scale, Math.max(...is) * scale);
    });
  }
  return written;
}

/** Put weights into the text of `criteria.yaml`, which comes in texts and, between them, the places of weights. */
export function yamlWith(pieces, numbers, written, ranges) {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const [node, before, present, after] = piece;
      if (written[node] === null) return present;
      return before + weightText(written[node], numbers[node], ranges[node]) + after;
    })
    .join("");
}

/** Write a weight; its range keeps the proportions that it had. */
function weightText(number, before, range) {
  if (range === null || !(before > 0)) return String(number);
  const [low, high] = range.map((end) => rounded((end * number) / before, number || 1));
  return `{low: ${Math.min(low, number)}, value: ${number}, high: ${Math.max(high, number)}}`;
}

/** Round a number to what is seen of it beside the largest: a hundred-thousandth part. */
function rounded(number, largest) {
  const decimals = Math.min(Math.max(5 - Math.floor(Math.log10(largest)), 0), 20);
  return Number(number.toFixed(decimals));
}

/** Put the places of scores in order, the highest first, leaving out the nulls. */
function inOrder(scores) {
  const order = [];
  for (let place = 0; place < scores.length; place += 1) if (scores[place] !== null) order.push(place);
  return order.sort((left, right) => scores[right] - scores[left]);
}

/** Draw from a gamma distribution (Marsaglia & Tsang 2000; below 1 by their boost). */
function gamma(random, shape) {
  if (shape < 1) return gamma(random, shape + 1) * Math.pow(1 - random(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = Math.pow(1 + c * x, 3);
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Draw from the standard normal distribution (Box & Muller 1958). */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function sum(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
