// The exhibits of the live model: each redraws its figure from the lines of the model.
const OPTIONS = CASE.options, KEYS = OPTIONS.map((option) => option.key);

function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  for (const child of children) element.append(child);
  return element;
}

// The values of a line as they are now: an array, or null where the case has no such line.
function series(key) {
  const place = CASE.lines[key];
  if (!place) return null;
  const [array, first, size] = place;
  return Array.from({ length: size }, (_, i) => (array === "v" ? model.numbers : model.texts)[first + i]);
}

function single(key) {
  return series(key)?.[0] ?? NaN;
}

// What the model says now, gathered for the sentences and the exhibits.
function gather() {
  const found = { full: series("summary.full_cost"), tco: series("summary.tco"), months: series("summary.break_even_month"), words: series("summary.break_even_word") };
  found.volumes = series("summary.break_even_volume");
  found.perToken = series("summary.cost_per_m_tokens");
  found.runRate = series("summary.run_rate");
  found.best = single("decision.place") - 1;
  found.next = single("decision.next_place") - 1;
  found.lead = single("decision.lead");
  return found;
}

function ordered(now) {
  const places = OPTIONS.map((_, place) => place);
  return now.best < 0 ? places : [now.best, ...places.filter((place) => place !== now.best)];
}

const EXHIBITS = [
  {
    id: "cost", title: (now) => `Cost over ${CASE.horizon}, by category`, note: "Nominal, before risk. The dashed mark is the figure issued.",
    chart(now, issued) {
      const rows = ordered(now).map((place) => ({
        name: OPTIONS[place].short, bold: place === now.best, total: now.tco[place], mark: issued.tco[place],
        parts: CASE.categories.map(([key, fill]) => [fill, series(`tco.${key}`)?.[place] ?? 0]),
      }));
      const used = CASE.categories.filter(([key]) => series(`tco.${key}`)?.some((value) => value)).map(([, fill, name]) => [fill, name]);
      return bars(rows, `Cost over ${CASE.horizon}: ${rows.map((row) => `${row.name} ${money(row.total)}`).join(", ")}`, used);
    },
  },
  {
    id: "cumulative", title: () => "Cumulative cost", note: "Nominal, by month.",
    chart(now) {
      const xs = Array.from({ length: CASE.months }, (_, m) => m + 1);
      const shown = OPTIONS.map((option, place) => ({ name: option.short, fill: option.fill, bold: place === now.best, values: series(`cumulative.${option.key}`) }));
      return lines(shown, xs, `Cumulative cost after ${CASE.months} months: ${shown.map((one) => `${one.name} ${money(one.values.at(-1))}`).join(", ")}`, { xLabel: (m) => `month ${m}` });
    },
  },
  {
    id: "ladder", title: () => "Cost against volume", note: "TCO by tokens a month at the start, on a logarithmic axis; the strip shows the eligible option of lowest TCO.",
    chart(now) {
      const xs = series("ladder.volume");
      const shown = OPTIONS.map((option, place) => ({ name: option.short, fill: option.fill, bold: place === now.best, values: series(`ladder.tco.${option.key}`) }));
      const strip = xs.map((_, i) => {
        let best = -1;
        OPTIONS.forEach((option, place) => { if (option.eligible && (best < 0 || shown[place].values[i] < shown[best].values[i])) best = place; });
        return best < 0 ? "#D5DBE0" : OPTIONS[best].fill;
      });
      const here = CASE.controls.filter((control) => /\.tokens_per_month$/.test(control.path)).reduce((sum, control) => sum + valueOf(control), 0) * (stated[volumeFactor?.input] ?? 1);
      const words = KEYS.map((key, place) => (now.words[place] === "baseline" ? null : `${OPTIONS[place].short}: ${breakEvenWords(now, place)}`)).filter(Boolean);
      return lines(shown, xs, `Break-even volume against the baseline. ${words.join(". ")}`, { log: true, xLabel: volume, under: strip, marks: [[here, `here ${volume(here)}`]] });
    },
  },
  {
    id: "swings", title: (now) => (now.best < 0 ? "" : `What moves the cost of ${OPTIONS[now.best].short}`), note: "Present value with displaced projects and expected exit, each assumption alone at its low (light) and its high (dark).",
    chart(now) {
      if (now.best < 0 || !CASE.swings.length) return null;
      const key = KEYS[now.best], low = series(`sensitivity.low.${key}`), high = series(`sensitivity.high.${key}`), base = series(`runs.core.${key}`)[0];
      const rows = CASE.swings.map((swing, i) => ({ name: swing.label, low: base + low[i], high: base + high[i] })).filter((row) => Math.abs(row.high - row.low) > 1e-6);
      rows.sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
      const shown = rows.slice(0, 12);
      return shown.length ? swings(shown, base, `Largest swings: ${shown.slice(0, 3).map((row) => `${row.name} from ${money(row.low)} to ${money(row.high)}`).join("; ")}`) : null;
    },
  },
  {
    id: "risks", title: (now) => (now.best < 0 ? "" : `Expected cost of risks to ${OPTIONS[now.best].short}`), note: "Probability times the cost if it happens, nominal.",
    chart(now) {
      if (now.best < 0 || !CASE.risks.length) return null;
      const expected = series(`risks.expected.${KEYS[now.best]}`);
      const rows = CASE.risks.map((risk, i) => ({ name: risk.name, parts: [["#A8741A", expected[i]]], total: expected[i] }));
      rows.sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
      return bars(rows.slice(0, 10), `Expected cost of risks: ${rows.slice(0, 3).map((row) => `${row.name} ${money(row.total)}`).join(", ")}`);
    },
  },
  {
    id: "beside", title: () => "Displaced projects and expected exit", note: "Not spent money: present value of displaced projects (light) and expected cost of leaving (dark), apart from TCO.",
    chart(now) {
      const displaced = series("summary.opportunity_pv"), exit = series("summary.expected_exit_pv");
      const rows = ordered(now).map((place) => {
        const parts = [["#DDB35A", num(displaced[place]) || 0], ["#A8741A", num(exit[place]) || 0]];
        return { name: OPTIONS[place].short, parts, total: parts[0][1] + parts[1][1], bold: place === now.best };
      });
      return bars(rows, rows.map((row) => `${row.name}: displaced projects ${money(row.parts[0][1])}, expected exit ${money(row.parts[1][1])}`).join("; "));
    },
  },
  {
    id: "exit", title: () => "Cost of leaving, by month", note: "What leaving at the end of a month would cost.",
    chart(now) {
      const xs = Array.from({ length: CASE.months }, (_, m) => m + 1);
      const shown = OPTIONS.map((option, place) => ({ name: option.short, fill: option.fill, bold: place === now.best, values: series(`options.${option.key}.exit_cost`) })).filter((one) => one.values);
      return shown.length ? lines(shown, xs, `Cost of leaving in the last month: ${shown.map((one) => `${one.name} ${money(one.values.at(-1))}`).join(", ")}`, { xLabel: (m) => `month ${m}` }) : null;
    },
  },
  {
    id: "bridge", title: () => "From the first estimate to the full cost", note: "Nominal TCO; each step restores more of the case.",
    chart() {
      const costs = series("bridge.cost"), names = series("bridge.step");
      if (!costs) return null;
      const rows = costs.map((cost, i) => (i ? { name: names[i], from: costs[i - 1], to: cost } : { name: names[0], from: 0, to: cost, total: true }));
      rows.push({ name: "Total cost of ownership", from: 0, to: costs.at(-1), total: true });
      return steps(rows, `From ${money(costs[0])} to ${money(costs.at(-1))}`);
    },
  },
];

function breakEvenWords(now, place) {
  const word = `${now.words[place]}`;
  if (word === "about") return `no dearer from about ${volume(now.volumes[place])} tokens a month`;
  return word === "baseline" ? "the baseline" : word;
}

function monthWords(value) {
  return typeof value === "number" ? `month ${plain(value)}` : `${value}`;
}

// The table of the options, the recommended one first; beside each figure the issued one where they differ.
function glance(table, now, issued, futures) {
  const head = html("tr", {}, ...["Option", `TCO, ${CASE.horizon}`, "Full cost", "Per M tokens", "A month at the end", "Break-even month", "Break-even volume"].map((text, i) => html("th", { scope: "col", class: i ? "n" : "t" }, text)));
  if (futures) head.append(html("th", { scope: "col", class: "n" }, "Cheapest in"));
  const cell = (text, was) => html("td", { class: "n" }, html("span", {}, text), ...(text === was ? [] : [html("span", { class: "was" }, ` issued ${was}`)]));
  const rows = ordered(now).map((place) => {
    const row = html("tr", place === now.best ? { class: "chosen" } : {}, html("th", { scope: "row" }, OPTIONS[place].short, ...(OPTIONS[place].eligible ? [] : [html("span", { class: "was" }, " not eligible")])));
    for (const [get] of [[(x) => money(x.tco[place])], [(x) => money(x.full[place])], [(x) => price(x.perToken[place])], [(x) => money(x.runRate[place])], [(x) => monthWords(x.months[place]).replace(" ", NBSP)], [(x) => (x.words[place] === "about" ? `about ${volume(x.volumes[place])}` : breakEvenWords(x, place))]]) row.append(cell(get(now), get(issued)));
    if (futures) row.append(html("td", { class: "n" }, OPTIONS[place].eligible ? share(futures.cheapest[place]) : "\u2013"));
    return row;
  });
  table.replaceChildren(html("caption", {}, "The options at a glance"), html("thead", {}, head), html("tbody", {}, ...rows));
}
