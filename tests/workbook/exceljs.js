// Open a workbook in ExcelJS and print the number of its sheets: node exceljs.js BOOK.xlsx
const {Workbook} = require('exceljs');
const book = new Workbook();
book.xlsx.readFile(process.argv[2]).then(() => console.log(book.worksheets.length));
