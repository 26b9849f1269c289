// Links to other languages lead to the same place of the page, and ask the same question.
(() => {
  const carry = () => {
    for (const link of document.querySelectorAll(".languages a")) Object.assign(link, { hash: location.hash, search: location.search });
  };
  carry();
  addEventListener("hashchange", carry);
})();
