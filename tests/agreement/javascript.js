// Evaluates the models of cases over vectors of inputs: the arguments are folders, each with functions.js, script.js,
// model.js and inputs.bin, whose rows are the number of the run shown, whether all lines are wanted, and the inputs.
"use strict";
const { readFileSync, openSync, writeSync, closeSync, writeFileSync } = require("node:fs");

for (const folder of process.argv.slice(2)) {
  const source = ["functions.js", "script.js", "model.js"].map((name) => readFileSync(`${folder}/${name}`, "utf8")).join("\n");
  const { MODEL, Model, inputsOfRun } = new Function(`${source}\nreturn { MODEL, Model, inputsOfRun };`)();
  const bytes = readFileSync(`${folder}/inputs.bin`);
  const rows = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  const width = MODEL.values.length, model = new Model(), texts = [];
  const out = openSync(`${folder}/numbers.bin`, "w");
  for (let first = 0; first < rows.length; first += width + 2) {
    const shown = rows[first], whole = rows[first + 1], stated = rows.slice(first + 2, first + 2 + width);
    if (whole) model.evaluate(stated, shown);
    else model.evaluateStageOne(stated, shown);
    writeSync(out, Buffer.from(model.numbers.buffer));
    writeSync(out, Buffer.from(model.w.buffer));
    texts.push(model.texts.map((value) => (typeof value === "number" && !Number.isFinite(value) ? null : value)));
  }
  closeSync(out);
  writeFileSync(`${folder}/texts.json`, JSON.stringify(texts));
}
