// Links to other languages lead to the same place of the page, and ask the same question.
(() => {
  const carry = () => {
    const { hash, search } = location;
    for (const link of document.querySelectorAll(".languages a")) Object.assign(link, { hash, search });
  };
  carry();
  addEventListener("hashchange", carry);
})();
