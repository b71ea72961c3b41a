package markdown

// Bullets are the signs besides "-", "*" and "+" that writers put before the items of a
// list, to go between the brackets of a regular expression. Markdown knows none of them.
// Those of private use are the letters of symbol fonts that Word draws its own with.
const Bullets = "•●○◦▪■▫◘◙►▶➢➤✓✔✦❖·∙⁃‣⦁\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d"
