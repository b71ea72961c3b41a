// The card to hang beside the machine is printed by the browser.
document.querySelector("#print").addEventListener("click", () => print());
