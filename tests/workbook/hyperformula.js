// Recalculate a workbook in HyperFormula, read by SheetJS: node hyperformula.js BOOK.xlsx
// Prints [[sheet, cell, value], ...] of every formula. Data tables stay as saved.
const XLSX = require('xlsx'), {HyperFormula} = require('hyperformula');
const book = XLSX.readFile(process.argv[2], {cellFormula: true, cellNF: false, cellText: false, cellDates: false});
const sheets = {}, formulas = [];
for (const name of book.SheetNames) {
  const sheet = book.Sheets[name], range = XLSX.utils.decode_range(sheet['!ref']), rows = [];
  for (let r = 0; r <= range.e.r; r++) {
    const row = [];
    for (let c = 0; c <= range.e.c; c++) {
      const at = XLSX.utils.encode_cell({r, c}), cell = sheet[at];
      if (!cell) row.push(null);
      else if (cell.f) { row.push('=' + cell.f); formulas.push([name, at, r, c]); }
      else row.push(typeof cell.v === 'string' && /^[='+-]/.test(cell.v) ? "'" + cell.v : cell.v);
    }
    rows.push(row);
  }
  sheets[name] = rows;
}
const engine = HyperFormula.buildFromSheets(sheets, {licenseKey: 'gpl-v3', smartRounding: false, useArrayArithmetic: true, ignoreWhiteSpace: 'any'});
const out = formulas.map(([name, at, row, col]) => {
  const v = engine.getCellValue({sheet: engine.getSheetId(name), row, col});
  return [name, at, v !== null && typeof v === 'object' ? v.value : v];
});
process.stdout.write(JSON.stringify(out));
