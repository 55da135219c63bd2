/* The explorer page: what is chosen, what follows from it, and how both are shown. Texts are only ever set as texts. */

import {
  RankShares,
  bounds,
  leavesOf,
  moved,
  nodeShares,
  ranksOf,
  scoresOf,
  smallestTurn,
  turningPoints,
  weightNumbers,
  yamlWith,
} from "./numerics.js";

const SAMPLES = 10000;
const SEED = 0;
const SLICE_MS = 6; // of drawing weights, so that the page answers in between
const TRUST = 20; // what the program, too, takes for stated weights
const MOST_SHOWN = 12;
const FIRST = ".first"; // chosen for comparison: whichever option ranks first; no id has a dot
const NEXT = ".next";

const facts = JSON.parse(document.getElementById("data").textContent);
const { nodes, options, segments } = facts;
const parents = nodes.map((node) => node.parent);
const leaves = leavesOf(parents);
const readings = facts.readings.map(unfolded);
const segmentOf = leaves.map((leaf) => segments.findIndex((segment) => isWithin(leaf, segment.node)));
const motion = window.matchMedia("(prefers-reduced-motion: no-preference)");

const state = {
  reading: readings[0],
  weights: readings[0].weights,
  locked: [],
  trust: TRUST,
  left: FIRST,
  right: NEXT,
  showAll: false,
};
let now = reckoned(); // what follows from the state
let move = null; // the slider being moved, and the weights when it began: going back leads back
let sampling = { shares: null, timer: 0 };

// ---------------------------------------------------------------------------------------------- what follows

/** Give an overlay's values and cells whole: it comes as what is other than in the dossier as it stands. */
function unfolded(reading, place, all) {
  if (place === 0 || reading.trouble) return { changed: new Set(), ...reading };
  const values = all[0].values.map((row) => [...row]);
  const cells = all[0].cells.map((row) => [...row]);
  const changed = new Set();
  for (const [option, criterion, value] of reading.values) values[option][criterion] = value;
  for (const [option, criterion, cell] of reading.cells) {
    cells[option][criterion] = cell;
    changed.add(`${option} ${criterion}`);
  }
  return { ...reading, values, cells, changed };
}

function isWithin(node, group) {
  for (let above = node; above >= 0; above = parents[above]) if (above === group) return true;
  return false;
}

function reckoned() {
  const { weights, locked, reading } = state;
  const scores = scoresOf(reading.values, weights);
  const ranks = ranksOf(scores);
  const order = options.map((_, option) => option).filter((option) => ranks[option] !== null);
  order.sort((a, b) => ranks[a] - ranks[b] || (options[a].id < options[b].id ? -1 : 1));
  const points = turningPoints(parents, weights, locked, reading.values, reading.weights);
  return { shares: nodeShares(parents, weights), scores, ranks, order, points };
}

function contribution(option, criterion) {
  return state.reading.values[option][criterion] * state.weights[criterion];
}

function change(changes) {
  Object.assign(state, changes);
  now = reckoned();
  show();
}

/** Look at the dossier in another way, with its weights. */
function look(reading) {
  move = null;
  change({ reading, weights: reading.weights, locked: [] });
  showTable();
}

// --------------------------------------------------------------------------------------------------- writing

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const score = (number) => number.toFixed(3).replace(/^-/, "−");
const signed = (number) => (number > 0 ? "+" : "") + score(Math.abs(number) < 0.0005 ? 0 : number);
const byId = (id) => document.getElementById(id);

function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function named(places) {
  const names = places.map((option) => options[option].name);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

// --------------------------------------------------------------------------------------------------- showing

let queued = 0;

/** Show what follows from the state, once for all that happens before the next picture. */
function show() {
  showSliders();
  if (!queued) queued = requestAnimationFrame(showResults);
  later();
}

function showResults() {
  queued = 0;
  showVerdict();
  showRanking();
  showComparison();
  showTrust();
}

/** After the last of a run of changes: what takes longer, and what is told to others. */
function later() {
  clearTimeout(sampling.timer);
  byId("shares").dataset.samples = "0";
  sampling.timer = setTimeout(() => {
    sampling.shares = new RankShares(state.reading.values, state.weights, state.trust, SEED);
    drawSlice();
    keepLink();
    byId("said").textContent = `${byId("verdict").textContent} ${byId("turn").textContent}`;
  }, 120);
}

function drawSlice() {
  const { shares } = sampling;
  const until = performance.now() + SLICE_MS;
  while (shares.samples < SAMPLES && performance.now() < until) shares.draw(50);
  if (shares.samples >= SAMPLES || shares.samples < 500) showShares(); // a first idea, and the whole
  if (shares.samples < SAMPLES) sampling.timer = setTimeout(drawSlice, 0);
}

const rows = nodes.map(sliderRow);

function sliderRow(node, place) {
  const id = `weight-${place}`;
  const segment = segments.findIndex((each) => each.node === place);
  const key = segment < 0 ? "" : make("span", { className: `key part-${segment % 12}`, ariaHidden: "true" }, segments[segment].letter);
  const slider = make("input", { type: "range", id, min: 0, max: 100, step: "any" });
  const shown = make("output", { htmlFor: id });
  const lock = make("button", { type: "button", className: "lock", ariaLabel: `Lock ${node.name}` });
  lock.append(byId("lock-icon").content.cloneNode(true));
  const ticks = make("span", { className: "ticks", ariaHidden: "true" });
  let depth = 0;
  for (let above = node.parent; above >= 0; above = parents[above]) depth += 1;
  const isGroup = !leaves.includes(place);
  const row = make(
    "li",
    { className: `slider depth-${Math.min(depth, 3)}${isGroup ? " group" : ""}` },
    make("label", { htmlFor: id }, key, make("span", { className: "name" }, node.name)),
    shown,
    lock,
    make("span", { className: "track" }, slider, ticks),
  );
  slider.addEventListener("input", () => slide(place, slider.valueAsNumber / 100));
  slider.addEventListener("change", () => {
    move = null;
    showSliders();
  });
  slider.addEventListener("keydown", (event) => stepByKey(event, place));
  lock.addEventListener("click", () => {
    const { locked } = state;
    change({ locked: locked.includes(place) ? locked.filter((other) => other !== place) : [...locked, place] });
  });
  return { row, slider, shown, lock, ticks };
}

function slide(node, share) {
  if (!move || move.node !== node) move = { node, weights: state.weights };
  change({ weights: moved(parents, move.weights, state.locked, node, share, state.reading.weights) });
}

/** Arrow keys go by one per cent, to whole ones; with Shift by a tenth; Page keys by ten. */
function stepByKey(event, node) {
  const direction = { ArrowUp: 1, ArrowRight: 1, PageUp: 1, ArrowDown: -1, ArrowLeft: -1, PageDown: -1 }[event.key];
  if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const step = event.key.startsWith("Page") ? 10 : event.shiftKey ? 0.1 : 1;
  const steps = (100 * now.shares[node]) / step;
  const whole = direction > 0 ? Math.floor(steps + 1e-6) : Math.ceil(steps - 1e-6);
  slide(node, ((whole + direction) * step) / 100);
}

function showSliders() {
  rows.forEach(({ slider, shown, lock, ticks }, node) => {
    const share = now.shares[node];
    const [low, high] = bounds(parents, now.shares, state.locked, node);
    const isLocked = state.locked.includes(node);
    if (!(move && move.node === node && slider.matches(":active"))) slider.value = 100 * share;
    slider.setAttribute("aria-valuetext", percent(share));
    slider.disabled = high - low <= 1e-9;
    shown.textContent = percent(share);
    lock.setAttribute("aria-pressed", isLocked);
    const points = now.points.filter((point) => point.node === node);
    while (ticks.children.length > points.length) ticks.lastChild.remove();
    while (ticks.children.length < points.length) ticks.append(make("i"));
    points.forEach((point, place) => {
      ticks.children[place].style.left = `${100 * point.at}%`;
    });
  });
  byId("turn-legend").hidden = now.points.length === 0;
  byId("reset").disabled = state.weights === state.reading.weights && !state.locked.length;
}

function showVerdict() {
  const { order, ranks, scores, points, shares } = now;
  const firsts = order.filter((option) => ranks[option] === 1);
  const second = order[firsts.length];
  const words = [make("strong", {}, named(firsts))];
  if (firsts.length > 1) words.push(" share the first place.");
  else if (second === undefined) words.push(" is the only option that is ranked.");
  else words.push(` ranks first, ${gap(scores[firsts[0]] - scores[second])} ahead of ${options[second].name}.`);
  byId("verdict").replaceChildren(...words);
  byId("turn").replaceChildren(...turnWords(firsts, smallestTurn(points), shares));
}

function turnWords(firsts, turn, shares) {
  if (firsts.length > 1 || now.order.length < 2) return [];
  if (!turn) return [`No change of a single weight unseats it${state.locked.length ? " while the locked ones stay" : ""}.`];
  const [from, to] = apart(shares[turn.node], turn.at);
  const way = turn.at > turn.from ? "up" : "down";
  return [
    "The smallest change of one weight that unseats it: ",
    make("strong", {}, nodes[turn.node].name),
    ` from ${from} ${way} to ${to}; beyond that ${options[turn.option].name} ranks first.`,
  ];
}

/** Write two shares with as many decimals as tell them apart. */
function apart(one, other) {
  for (let digits = 1; digits < 6; digits += 1) {
    const texts = [one, other].map((share) => (100 * share).toFixed(digits));
    if (texts[0] !== texts[1]) return texts.map((text) => `${text} %`);
  }
  return [percent(one), percent(other)];
}

function gap(difference) {
  return difference < 0.0005 ? "less than 0.001" : score(difference);
}

const bars = options.map(bar);

function bar(option, place) {
  const rank = make("span", { className: "rank" });
  const total = make("span", { className: "score" });
  const name = make("button", { type: "button", className: "name", ariaHasPopup: "dialog" }, option.name);
  name.addEventListener("click", () => tellOption(place));
  const parts = segments.map((segment, part) => make("span", { className: `part-${part % 12}`, title: nodes[segment.node].name }));
  const mark = option.baseline ? make("span", { className: "quiet" }, " (baseline)") : null;
  const head = make("div", { className: "head" }, rank, make("span", {}, name, mark), total);
  const row = make("li", {}, head, make("div", { className: "bar", ariaHidden: "true" }, ...parts));
  return { row, rank, total, parts };
}

function shownOptions() {
  return state.showAll || options.length <= MOST_SHOWN + 3 ? now.order : now.order.slice(0, MOST_SHOWN);
}

let drawn = ""; // the order that the list is in

function showRanking() {
  const list = byId("ranking");
  const visible = shownOptions();
  const order = visible.join();
  const before = order === drawn || !motion.matches || !drawn ? null : visible.map((option) => top(bars[option].row));
  if (order !== drawn) list.replaceChildren(...visible.map((option) => bars[option].row));
  for (const option of visible) {
    const { rank, total, parts } = bars[option];
    setText(rank, `${now.ranks[option]}.`);
    setText(total, score(now.scores[option]));
    const widths = new Array(segments.length).fill(0);
    segmentOf.forEach((segment, criterion) => {
      widths[segment] += contribution(option, criterion);
    });
    parts.forEach((part, place) => {
      part.style.width = `${(100 * widths[place]).toFixed(3)}%`;
      setText(part, widths[place] > 0.025 ? segments[place].letter : "");
    });
  }
  if (before) visible.forEach((option, place) => glide(bars[option].row, before[place]));
  drawn = order;
  const more = byId("show-all");
  more.hidden = options.length <= MOST_SHOWN + 3;
  more.textContent = state.showAll ? `Show the first ${MOST_SHOWN} only` : `Show all ${now.order.length} options`;
  more.setAttribute("aria-expanded", state.showAll);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function top(row) {
  return row.isConnected ? row.getBoundingClientRect().top : null;
}

function glide(row, from) {
  const way = from === null ? 0 : from - row.getBoundingClientRect().top;
  if (way) row.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" });
}

function showScreenedOut() {
  const out = state.reading.screened_out;
  byId("screened-out").hidden = out.length === 0;
  const items = out.map(([option, reasons]) => make("li", {}, make("strong", {}, options[option].name), `: ${reasons.join("; ")}`));
  byId("screened-out").querySelector("ul").replaceChildren(...items);
}

// ------------------------------------------------------------------------------------------------ comparison

/** Find the two options compared; whichever comes next is the best that is not the other one. */
function compared() {
  const { order } = now;
  const place = (chosen, other) => {
    if (chosen === FIRST) return order[0];
    if (chosen === NEXT) return order.find((option) => option !== other);
    return options.findIndex((option) => option.id === chosen);
  };
  const left = place(state.left, place(state.right, order[0]));
  return [left, place(state.right, left)];
}

function showComparison() {
  const [left, right] = compared();
  const sum = byId("comparison-sum");
  const isRanked = (option) => option !== undefined && now.ranks[option] !== null;
  if (!isRanked(left) || !isRanked(right) || left === right) {
    sum.textContent = left === right ? "Choose two different options." : "Only options that are ranked can be compared.";
    byId("comparison").replaceChildren();
    return;
  }
  const gains = leaves.map((node, criterion) => ({ node, gain: contribution(left, criterion) - contribution(right, criterion) }));
  const difference = now.scores[left] - now.scores[right];
  sum.replaceChildren(
    make("strong", {}, options[left].name),
    ` ${score(now.scores[left])}, `,
    make("strong", {}, options[right].name),
    ` ${score(now.scores[right])}: ${signed(difference)} for the former.`,
  );
  const largest = Math.max(...gains.map(({ gain }) => Math.abs(gain)), 1e-9);
  gains.sort((a, b) => b.gain - a.gain);
  byId("comparison").replaceChildren(
    ...gains.map(({ node, gain }) => {
      const fill = make("i", { className: gain >= 0 ? "gain" : "loss" });
      fill.style.width = `${(50 * Math.abs(gain)) / largest}%`;
      return make(
        "tr",
        {},
        make("th", { scope: "row" }, nodes[node].name),
        make("td", { className: "difference" }, make("span", { ariaHidden: "true" }, fill)),
        make("td", { className: "number" }, signed(gain)),
      );
    }),
  );
}

// ----------------------------------------------------------------------------------------------- rank shares

/** Put ranks together where there are many: each of the first three, and then in two lots. */
function rankColumns(count) {
  if (count <= 8) return Array.from({ length: count }, (_, rank) => [rank, rank + 1]);
  const middle = Math.min(10, Math.ceil(count / 2) + 1);
  return [[0, 1], [1, 2], [2, 3], [3, middle], [middle, count]];
}

function showShares() {
  const { shares } = sampling;
  const columns = rankColumns(shares.present.length);
  const found = shares.shares();
  const heads = columns.map(([from, to]) => make("th", { scope: "col" }, to - from === 1 ? String(to) : `${from + 1}–${to}`));
  byId("shares-head").replaceChildren(make("tr", {}, make("th", { scope: "col" }, "Option takes rank"), ...heads));
  const body = shownOptions().map((option) => {
    const row = found[shares.present.indexOf(option)];
    const cells = columns.map(([from, to]) => {
      const share = row.slice(from, to).reduce((total, part) => total + part, 0);
      const cell = make("td", { className: share < 0.005 ? "nothing" : "" }, `${Math.round(100 * share)} %`);
      cell.style.setProperty("--share", share.toFixed(3));
      return cell;
    });
    return make("tr", {}, make("th", { scope: "row" }, options[option].name), ...cells);
  });
  byId("shares").replaceChildren(...body);
  byId("shares").dataset.samples = shares.samples;
}

function showTrust() {
  const largest = Math.max(...state.weights);
  const spread = Math.sqrt((largest * (1 - largest)) / (state.trust + 1));
  const slider = byId("trust");
  if (!slider.matches(":active")) slider.value = Math.log10(state.trust);
  slider.setAttribute("aria-valuetext", `${Math.round(state.trust)}, from 2 to 1000`);
  byId("trust-note").textContent =
    `How often each option takes each rank when weights are drawn around the stated ones, ${SAMPLES.toLocaleString("en")} ` +
    `times; at this trust the largest, ${percent(largest)}, is read as ${percent(largest)} give or take ${percent(spread)}. ` +
    "The performances stay as they are.";
}

// ------------------------------------------------------------------------------------ performances and reasons

function showTable() {
  const { reading } = state;
  const out = new Set(reading.screened_out.map(([option]) => option));
  const heads = options.map((option, place) => {
    const button = make("button", { type: "button", ariaHasPopup: "dialog" }, option.name);
    button.dataset.option = place;
    return make("th", { scope: "col" }, button, out.has(place) ? make("span", { className: "quiet" }, " screened out") : null);
  });
  byId("table-head").replaceChildren(make("tr", {}, make("td"), ...heads));
  const body = nodes.map((node, place) => {
    const name = make("button", { type: "button", ariaHasPopup: "dialog" }, node.name);
    name.dataset.node = place;
    const criterion = leaves.indexOf(place);
    if (criterion < 0) return make("tr", { className: "group" }, make("th", { colSpan: options.length + 1, scope: "rowgroup" }, name));
    const cells = options.map((_, option) => figureCell(reading, option, criterion));
    return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
  });
  byId("table").replaceChildren(...body);
  const first = byId("table").querySelector("td button");
  if (first) first.tabIndex = 0;
  showScreenedOut();
  byId("reading").value = reading.key;
  byId("reading-name").textContent = reading.name;
  byId("changed-legend").hidden = reading.changed.size === 0;
  byId("reading-note").hidden = !reading.note;
  byId("reading-note").textContent = reading.note;
}

function figureCell(reading, option, criterion) {
  const value = reading.values[option][criterion];
  const button = make("button", { type: "button", tabIndex: -1, ariaHasPopup: "dialog" }, reading.cells[option][criterion].text);
  Object.assign(button.dataset, { option, criterion });
  if (reading.changed.has(`${option} ${criterion}`)) {
    button.className = "changed";
    button.append(make("span", { className: "unseen" }, " (changed here)"));
  }
  const fill = make("i", { ariaHidden: "true" });
  fill.style.setProperty("--value", value ?? 0);
  return make("td", {}, button, fill);
}

/** Arrow keys go from figure to figure; only one of them is a stop for the Tab key. */
function walkTable(event) {
  const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  const { option, criterion } = event.target.dataset;
  if (!way || criterion === undefined) return;
  event.preventDefault();
  const next = byId("table").querySelector(`[data-option="${+option + way[1]}"][data-criterion="${+criterion + way[0]}"]`);
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function told(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const { option, criterion, node } = button.dataset;
  if (criterion !== undefined) tellFigure(+option, +criterion);
  else if (option !== undefined) tellOption(+option);
  else tellNode(+node);
}

function tell(title, ...parts) {
  byId("dialog-title").textContent = title;
  byId("dialog-body").replaceChildren(...parts.filter(Boolean));
  byId("dialog").showModal();
  byId("dialog").scrollTop = 0;
}

function term(name, ...contents) {
  return contents.some((content) => content) ? make("section", {}, make("h3", {}, name), ...contents) : null;
}

const prose = (text) => (text ? make("p", { className: "prose" }, text) : "");
const list = (items) => (items.length ? make("ul", {}, ...items) : "");
const where = (place) => (place ? make("p", { className: "quiet place" }, place) : "");

function tellFigure(option, criterion) {
  const cell = state.reading.cells[option][criterion];
  const value = state.reading.values[option][criterion];
  const weight = state.weights[criterion];
  const working =
    value === null
      ? "Screened out, so nothing is reckoned with it."
      : `Value ${score(value)} × weight ${percent(weight)} = ${score(value * weight)} of the score ${score(now.scores[option])}.`;
  tell(
    `${options[option].name}: ${nodes[leaves[criterion]].name}`,
    make("p", { className: "figure" }, cell.text, cell.word ? make("span", { className: "quiet" }, ` (${cell.word})`) : null),
    make("p", {}, working),
    term("Because", prose(cell.because)),
    term("By assessor", prose(cell.by)),
    term("Confidence", prose(cell.confidence)),
    term("Evidence", list((cell.evidence ?? []).map(evidence))),
    term("Assumes", list((cell.assumes ?? []).map(assumption))),
    where(cell.at),
  );
}

function evidence(id) {
  const item = facts.evidence[id];
  const words = [item.source, item.date, item.grade && `grade ${item.grade}`].filter(Boolean).join("; ");
  const link = item.url ? make("a", { href: item.url, rel: "noopener noreferrer" }, item.url) : null;
  return make("li", {}, make("span", { className: "prose" }, item.claim), make("p", { className: "quiet" }, words), link, where(item.at));
}

function assumption(id) {
  const record = facts.assumptions[id];
  const sign = record.signpost ? make("p", { className: "quiet" }, `Signpost: ${record.signpost}`) : null;
  return make("li", {}, make("span", { className: "prose" }, record.claim), sign, where(record.at));
}

function tellNode(node) {
  const record = nodes[node];
  tell(
    record.name,
    make("p", { className: "figure" }, `Weight ${percent(now.shares[node])}`),
    term("Definition", prose(record.definition)),
    term("Scale", prose(record.scale)),
    term("Worst", prose(record.worst)),
    term("Best", prose(record.best)),
    term("Why it weighs what is written", prose(record.weight_because)),
    where(record.at),
  );
}

function tellOption(place) {
  const option = options[place];
  const rank = now.ranks[place];
  const reasons = state.reading.screened_out.find(([other]) => other === place)?.[1] ?? [];
  tell(
    option.name,
    make("p", { className: "figure" }, rank === null ? "Screened out" : `Rank ${rank}, score ${score(now.scores[place])}`),
    list(reasons.map((reason) => make("li", {}, reason))),
    prose(option.summary),
    term("Requires", list(option.requires.map((text) => make("li", {}, text)))),
    term("Risks", list(option.risks.map((text) => make("li", {}, text)))),
    where(option.at),
  );
}

// ------------------------------------------------------------------------------------------- links and copies

/** Write what is chosen into the page's address. */
function keepLink() {
  const parts = new URLSearchParams();
  if (state.reading.key) parts.set("as", state.reading.key);
  if (state.weights !== state.reading.weights) {
    leaves.forEach((node, place) => parts.set(`w.${nodes[node].id}`, Number((100 * state.weights[place]).toPrecision(7))));
  }
  if (state.locked.length) parts.set("locked", state.locked.map((node) => nodes[node].id).join());
  if (state.trust !== TRUST) parts.set("trust", Number(state.trust.toPrecision(3)));
  if (state.left !== FIRST || state.right !== NEXT) parts.set("compare", [state.left, state.right].join());
  const hash = parts.size ? `#${parts}` : "";
  if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

/** Take from the page's address what is to be looked at; what this page has not is passed over, and said. */
function followLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const missing = [];
  const reading = readings.find((each) => each.key === (parts.get("as") ?? "") && !each.trouble);
  if (!reading) missing.push(parts.get("as"));
  state.reading = reading ?? readings[0];
  state.weights = linkedWeights(parts, missing);
  const ids = nodes.map((node) => node.id);
  const locked = (parts.get("locked") ?? "").split(",").filter(Boolean);
  missing.push(...locked.filter((id) => !ids.includes(id)));
  state.locked = [...new Set(locked.map((id) => ids.indexOf(id)).filter((node) => node >= 0))];
  const trust = Number(parts.get("trust") ?? TRUST);
  state.trust = trust >= 2 && trust <= 1000 ? trust : TRUST;
  const known = new Set([FIRST, NEXT, ...options.map((option) => option.id)]);
  const pair = (parts.get("compare") ?? "").split(",").filter(Boolean);
  missing.push(...pair.filter((id) => !known.has(id)));
  [state.left, state.right] = pair.length === 2 && pair.every((id) => known.has(id)) ? pair : [FIRST, NEXT];
  if (missing.length) toast(`This page does not know what the link calls ${missing.join(", ")}.`);
}

function linkedWeights(parts, missing) {
  const asked = [...parts].filter(([key]) => key.startsWith("w."));
  const weights = [...state.reading.weights];
  for (const [key, text] of asked) {
    const place = leaves.findIndex((node) => nodes[node].id === key.slice(2));
    const share = Number(text) / 100;
    if (place < 0 || !(share >= 0 && share <= 1)) missing.push(key.slice(2));
    else weights[place] = share;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return asked.length && total > 0 ? weights.map((weight) => weight / total) : state.reading.weights;
}

let toastTimer = 0;

function toast(text) {
  clearTimeout(toastTimer);
  byId("toast").textContent = text;
  toastTimer = setTimeout(() => {
    byId("toast").textContent = "";
  }, 6000);
}

async function copy(text, what, field) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied.`);
  } catch {
    field?.select();
    toast(field && document.execCommand("copy") ? `${what} copied.` : `${what} could not be copied: the browser does not allow it.`);
  }
}

function showYaml() {
  const numbers = nodes.map((node) => node.number);
  const ranges = nodes.map((node) => node.range);
  const written = weightNumbers(parents, numbers, readings[0].weights, state.weights);
  const changed = nodes.filter((_, node) => written[node] !== null);
  byId("yaml").value = yamlWith(facts.criteria_yaml, numbers, written, ranges);
  byId("yaml-note").textContent = changed.length
    ? `This is criteria.yaml with other weights for ${changed.map((node) => node.id).join(", ")}; the rest is as it was. Paste it over the whole file.`
    : "These weights are the ones in criteria.yaml: the text is the file as it is.";
  byId("yaml-dialog").showModal();
}

// ---------------------------------------------------------------------------------------------------- begin

function choices() {
  const kinds = { frame: "In a frame", perspective: "By a party", assumption: "If an assumption fails" };
  const choice = (reading) =>
    make("option", { value: reading.key, disabled: Boolean(reading.trouble) }, reading.trouble ? `${reading.name} (${reading.trouble})` : reading.name);
  const groups = Object.entries(kinds).map(([kind, label]) => [label, readings.filter((reading) => reading.kind === kind)]);
  byId("reading").append(
    choice(readings[0]),
    ...groups.filter(([, members]) => members.length).map(([label, members]) => make("optgroup", { label }, ...members.map(choice))),
  );
  byId("reading-field").hidden = readings.length === 1;
  for (const side of ["left", "right"]) {
    byId(side).append(make("option", { value: FIRST }, "whichever ranks first"), make("option", { value: NEXT }, "whichever comes next"));
    byId(side).append(...options.map((option) => make("option", { value: option.id }, option.name)));
    byId(side).addEventListener("change", () => change({ [side]: byId(side).value }));
  }
}

function begin() {
  byId("sliders").append(...rows.map(({ row }) => row));
  choices();
  Object.assign(byId("trust"), { min: Math.log10(2), max: 3, step: 0.01 });
  byId("reading").addEventListener("change", () => look(readings.find((reading) => reading.key === byId("reading").value)));
  byId("trust").addEventListener("input", () => {
    change({ trust: Math.min(1000, Math.max(2, 10 ** byId("trust").valueAsNumber)) });
  });
  byId("reset").addEventListener("click", () => look(state.reading));
  byId("show-all").addEventListener("click", () => change({ showAll: !state.showAll }));
  byId("copy-link").addEventListener("click", () => {
    keepLink();
    copy(location.href, "Link");
  });
  byId("copy-yaml").addEventListener("click", showYaml);
  byId("copy-yaml").hidden = facts.criteria_yaml === null;
  byId("copy-text").addEventListener("click", () => copy(byId("yaml").value, "criteria.yaml", byId("yaml")));
  for (const place of ["table", "table-head"]) byId(place).addEventListener("click", told);
  byId("table").addEventListener("keydown", walkTable);
  window.addEventListener("hashchange", arrive);
  window.addEventListener("beforeprint", () => showAtOnce(true));
  window.addEventListener("afterprint", () => showAtOnce(state.showAll));
  if (facts.own_method) {
    const { name, first, several } = facts.own_method;
    byId("method-notice").textContent =
      `This page adds up weighted values. The dossier itself ranks by ${name}, by which ${first} ${several ? "come" : "comes"} first.`;
    byId("method-notice").hidden = false;
  }
  document.querySelector("main").hidden = false;
  arrive();
  if (facts.live) listen();
}

/** Paper has nothing to press: it gets all options. */
function showAtOnce(showAll) {
  const kept = state.showAll;
  state.showAll = showAll;
  showResults();
  if (sampling.shares) showShares();
  state.showAll = kept;
}

function arrive() {
  move = null;
  followLink();
  change({});
  showTable();
  byId("left").value = state.left;
  byId("right").value = state.right;
}

/** Ask the server that the page came from for news: a page made anew, or what keeps it from being made. */
function listen() {
  const news = new EventSource(`changes?${facts.digest}`);
  news.addEventListener("changed", () => {
    keepLink();
    location.reload();
  });
  news.addEventListener("trouble", (event) => {
    const lines = JSON.parse(event.data);
    byId("trouble").textContent = ["The dossier has errors; this is the page of its last good state.", ...lines].join("\n");
    byId("trouble").hidden = !lines.length;
  });
}

begin();
