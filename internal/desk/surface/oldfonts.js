// Vietnamese that was typed for fonts of before Unicode (.VnTime, VNI-Times): without its
// font it shows letters of other languages. The tables are those of internal/viet/legacy.go.
const letters = new Map();
const put = (first, row) => [...row].forEach((letter, i) => letter === " " || letters.set(String.fromCharCode(first + i), letter));
put(0xA1, "ĂÂÊÔƠƯĐăâêôơưđ");
put(0xB5, "àảãáạ ằẳẵắ");
put(0xC6, "ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ");

const vniMarks = { ø: "\u0300", ù: "\u0301", û: "\u0309", õ: "\u0303", ï: "\u0323", â: "\u0302", à: "\u0302\u0300", á: "\u0302\u0301", å: "\u0302\u0309", ã: "\u0302\u0303", ä: "\u0302\u0323", ê: "\u0306", è: "\u0306\u0300", é: "\u0306\u0301", ú: "\u0306\u0309", ü: "\u0306\u0303", ë: "\u0306\u0323" };
const vniLetters = { ì: "ì", í: "í", æ: "ỉ", ó: "ĩ", ò: "ị", ô: "ơ", ö: "ư", î: "ỵ", ñ: "đ" };

const tcvn3 = text => [...text].map(c => letters.get(c) ?? c).join("");

function vni(text) {
  let last = "";
  let out = "";
  for (const c of text) {
    const small = c.toLowerCase();
    if (vniLetters[small]) {
      out += small === c ? vniLetters[small] : vniLetters[small].toUpperCase();
      last = small;
    } else if (vniMarks[small] && last && "aeouyôö".includes(last)) {
      out += vniMarks[small];
      last = ""; // a letter has one character for all its marks
    } else {
      out += c;
      last = small;
    }
  }
  return out.normalize("NFC");
}

// reading returns how text in a font is to be read: a function, or null for a font of today.
export function reading(font) {
  const name = font.split(",")[0].replaceAll(/["']/g, "").trim();
  if (/^\.vn/i.test(name)) return name.endsWith("H") ? text => tcvn3(text).toUpperCase() : tcvn3;
  return /^vni[- ]/i.test(name) ? vni : null;
}
