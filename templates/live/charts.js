// Charts as SVG: small functions that return elements; every text is a text node.
const SVG = "http://www.w3.org/2000/svg", WIDTH = 640, LEFT = 130, RIGHT = 88;

function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) element.append(child);
  return element;
}

function label(x, y, text, { end = false, middle = false, mute = false, bold = false, size = 12.5, fill = null } = {}) {
  return draw("text", { x, y, "font-size": size, "text-anchor": end ? "end" : middle ? "middle" : "start", "font-weight": bold ? 600 : 400, fill: fill ?? (mute ? "#52606B" : "#1B2733") }, text);
}

function picture(height, words, ...children) {
  return draw("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": words, width: WIDTH, height }, ...children);
}

function shortened(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}\u2026` : text;
}

// Round steps of an axis from 0 or below to the largest value.
function ticks(low, high, count = 4) {
  const rough = (high - low) / count || 1, unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 2.5, 5, 10].find((factor) => factor * unit >= rough * 0.999);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) found.push(Number(at.toPrecision(12)));
  return found;
}

// Round numbers of a logarithmic axis.
function powers(low, high) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) for (const digit of [1, 2, 5]) found.push(digit * 10 ** power);
  const inside = found.filter((at) => at >= low * 0.999 && at <= high * 1.001);
  return inside.length > 7 ? inside.filter((at) => /^1/.test(at.toExponential())) : inside;
}

function tickMoney(value) {
  const size = Math.abs(value), units = SIGNS.indian ? [[1e7, `${NBSP}crore`], [1e5, `${NBSP}lakh`]] : [[1e12, "tn"], [1e9, "bn"], [1e6, "M"], [1e3, "k"]];
  const [divisor, unit] = units.find(([limit]) => size >= limit) ?? [1, ""];
  return (value < 0 ? MINUS : "") + SIGNS.symbol + plain(size / divisor) + unit;
}

function scale(low, high, from, to) {
  const span = high - low || 1;
  return (value) => from + ((value - low) / span) * (to - from);
}

// Horizontal bars of several parts from zero: rows of { name, parts: [[colour, value]], total, mark, bold }.
function bars(rows, words, legend = []) {
  const ends = rows.flatMap((row) => [row.parts.reduce((sum, [, v]) => sum + Math.max(v, 0), 0), row.mark ?? 0]);
  const low = Math.min(0, ...rows.map((row) => row.parts.reduce((sum, [, v]) => sum + Math.min(v, 0), 0)));
  const high = Math.max(...ends, 1e-9), at = scale(low, high, LEFT, WIDTH - RIGHT), below = legend.length ? 22 * Math.ceil(legend.length / 3) + 6 : 0, height = rows.length * 30 + 12 + below, out = [];
  legend.forEach(([fill, name], i) => {
    const left = 8 + (i % 3) * 210, top = height - below + 10 + 22 * Math.floor(i / 3);
    out.push(draw("rect", { x: left, y: top, width: 11, height: 11, fill }), label(left + 17, top + 10, name, { size: 12 }));
  });
  rows.forEach((row, place) => {
    const y = place * 30 + 6;
    out.push(label(LEFT - 8, y + 16, shortened(row.name, 20), { end: true, bold: row.bold }));
    let up = 0, down = 0;
    for (const [fill, value] of row.parts) {
      const from = value >= 0 ? up : down + value, width = Math.abs(at(value) - at(0));
      if (width > 0.05) out.push(draw("rect", { x: at(from), y, width, height: 22, fill }));
      if (value >= 0) up += value;
      else down += value;
    }
    if (row.mark !== undefined) out.push(draw("line", { x1: at(row.mark), x2: at(row.mark), y1: y - 2, y2: y + 24, stroke: "#1B2733", "stroke-width": 2, "stroke-dasharray": "3 2" }));
    out.push(label(Math.max(at(up), at(row.mark ?? 0)) + 6, y + 16, money(row.total), { bold: row.bold }));
  });
  out.push(draw("line", { x1: at(0), x2: at(0), y1: 0, y2: height - below - 8, stroke: "#8A949C" }));
  return picture(height, words, ...out);
}

// Lines over an axis: series of { name, fill, values, bold }; `xs` are the positions, `log` an axis of powers.
function lines(series, xs, words, { log = false, xLabel = plain, under = null, marks = [] } = {}) {
  const height = 280, top = 12, bottom = under ? 214 : 240, to = WIDTH - 150, place = log ? Math.log : (x) => x;
  const all = series.flatMap((one) => one.values).filter(Number.isFinite), low = Math.min(0, ...all), high = Math.max(...all, 1e-9);
  const x = scale(place(xs[0]), place(xs.at(-1)), 64, to), y = scale(low, high, bottom, top), out = [];
  for (const tick of ticks(low, high)) {
    out.push(draw("line", { x1: 64, x2: to, y1: y(tick), y2: y(tick), stroke: "#D5DBE0" }), label(58, y(tick) + 4, tickMoney(tick), { end: true, mute: true, size: 11.5 }));
  }
  const shownTicks = log ? powers(xs[0], xs.at(-1)) : ticks(xs[0], xs.at(-1), 6);
  for (const tick of shownTicks) if (tick >= xs[0]) out.push(label(x(place(tick)), height - 8, xLabel(tick), { middle: true, mute: true, size: 11.5 }));
  for (const [at, words] of marks) {
    const inside = Math.min(Math.max(at, xs[0]), xs.at(-1)), left = x(place(inside)), end = left > (64 + to) / 2;
    out.push(draw("line", { x1: left, x2: left, y1: top, y2: bottom, stroke: "#1B2733", "stroke-dasharray": "3 3" }), label(left + (end ? -4 : 4), top + 10, inside === at ? words : `${words}, off the axis`, { end, size: 11.5 }));
  }
  for (const one of series) {
    const points = one.values.map((value, i) => `${x(place(xs[i])).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    out.push(draw("polyline", { points, fill: "none", stroke: one.fill, "stroke-width": one.bold ? 3 : 1.8 }));
  }
  const ends = series.map((one) => ({ one, at: y(one.values.at(-1)) })).sort((a, b) => a.at - b.at);
  ends.forEach((end, i) => (end.at = Math.max(end.at, i ? ends[i - 1].at + 14 : top + 4)));
  const over = Math.max(0, (ends.at(-1)?.at ?? 0) - bottom);
  for (const { one, at } of ends) {
    out.push(draw("rect", { x: to + 6, y: at - over - 5, width: 9, height: 9, fill: one.fill }), label(to + 19, at - over + 4, shortened(one.name, 19), { bold: one.bold, size: 11.5 }));
  }
  if (under) under.forEach((fill, i) => {
    const from = i ? (x(place(xs[i - 1])) + x(place(xs[i]))) / 2 : x(place(xs[0]));
    const until = i < xs.length - 1 ? (x(place(xs[i])) + x(place(xs[i + 1]))) / 2 : to;
    out.push(draw("rect", { x: from, y: 226, width: Math.max(until - from, 0) + 0.3, height: 14, fill }));
  });
  return picture(height, words, ...out);
}

// Swings around a base: rows of { name, low, high }.
function swings(rows, base, words) {
  const all = rows.flatMap((row) => [row.low, row.high]).concat(base), height = rows.length * 26 + 30;
  const at = scale(Math.min(...all), Math.max(...all), 250, WIDTH - 70), out = [];
  rows.forEach((row, place) => {
    const y = place * 26 + 22;
    out.push(label(242, y + 14, shortened(row.name, 38), { end: true, size: 11.5 }));
    for (const [value, fill] of [[row.low, "#8A9BAB"], [row.high, "#33475B"]]) {
      out.push(draw("rect", { x: Math.min(at(base), at(value)), y, width: Math.abs(at(value) - at(base)), height: 18, fill }));
    }
  });
  out.push(draw("line", { x1: at(base), x2: at(base), y1: 16, y2: height, stroke: "#1B2733" }), label(at(base), 11, money(base), { middle: true, size: 11.5 }));
  return picture(height, words, ...out);
}

// A bridge of steps: rows of { name, from, to, total }.
function steps(rows, words) {
  const all = rows.flatMap((row) => [row.from, row.to]), at = scale(Math.min(0, ...all), Math.max(...all), 210, WIDTH - 90);
  const out = rows.flatMap((row, place) => {
    const y = place * 26 + 4, left = Math.min(at(row.from), at(row.to)), width = Math.abs(at(row.to) - at(row.from));
    const fill = row.total ? "#33475B" : row.to >= row.from ? "#BF4A1E" : "#3E8E7E";
    return [label(202, y + 14, shortened(row.name, 31), { end: true, bold: row.total, size: 11.5 }), draw("rect", { x: left, y, width: Math.max(width, 0.8), height: 18, fill }),
      label(left + width + 6, y + 14, row.total ? money(row.to) : signedMoney(row.to - row.from), { bold: row.total, size: 11.5 })];
  });
  return picture(rows.length * 26 + 8, words, ...out);
}
