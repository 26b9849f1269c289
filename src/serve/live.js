(function () {
  const script = document.currentScript;
  const generation = Number(script.dataset.generation);
  const source = new EventSource("/.rutter/events");
  source.onmessage = function (event) {
    const news = JSON.parse(event.data);
    if (news.generation > generation) location.reload();
  };
})();
