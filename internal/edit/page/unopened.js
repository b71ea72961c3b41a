// A file that could not be opened may have been mended in another program meanwhile.
addEventListener("focus", () => location.reload());
