// The editors' part of the desk: Sveltia CMS on the back end that serves this page.
const { config, user } = await (await fetch("config.json")).json();
localStorage.setItem("sveltia-cms.user", JSON.stringify(user));
const prefs = JSON.parse(localStorage.getItem("sveltia-cms.prefs") || "{}");
localStorage.setItem("sveltia-cms.prefs", JSON.stringify({ closeOnSave: false, theme: "auto", ...prefs, locale: "vi" }));

// The frame around this page wants to know of every save.
const { fetch: send } = window;
window.fetch = async (address, options) => {
  const response = await send(address, options);
  if (options?.method === "POST" && response.ok && String(address).endsWith("/contents")) {
    window.dispatchEvent(new Event("desk:saved"));
  }
  return response;
};

// It would speak the browser's language, and offer it to whoever does not.
Object.defineProperties(navigator, { language: { value: "vi" }, languages: { value: ["vi"] } });

// It reads its settings as it is loaded.
const { default: CMS } = await import("@sveltia/cms");
CMS.init({ config });
