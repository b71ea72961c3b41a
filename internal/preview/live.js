// Loads the page again when something newer can be shown. A page that nobody sees lets
// go of its connection, since browsers hold only a few to one server, and asks anew
// when it is seen.
(() => {
  const { events } = document.currentScript.dataset;
  let source;
  const follow = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(events);
    source.onmessage = () => location.reload();
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
