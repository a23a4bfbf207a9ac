// Finds the best splits of cases over vectors of inputs: the arguments are folders, each with functions.js, script.js,
// model.js, split.js and inputs.bin, whose rows are the values of the inputs.
"use strict";
const { readFileSync, writeFileSync } = require("node:fs");

for (const folder of process.argv.slice(2)) {
  const source = ["functions.js", "script.js", "model.js", "split.js"].map((name) => readFileSync(`${folder}/${name}`, "utf8")).join("\n");
  const { MODEL, Model, Split } = new Function(`${source}\nreturn { MODEL, Model, Split };`)();
  const bytes = readFileSync(`${folder}/inputs.bin`);
  const rows = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const model = new Model(), split = new Split(model), found = [];
  for (let first = 0; first < rows.length; first += MODEL.values.length) {
    const stated = rows.slice(first, first + MODEL.values.length);
    model.evaluateRun(stated, 0);
    const full = [...split.fullCosts(stated)];
    found.push({ full, five: split.lowest(stated) });
  }
  writeFileSync(`${folder}/splits.json`, JSON.stringify(found));
}
