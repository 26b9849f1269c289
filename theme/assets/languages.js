// Links to other languages lead to the same place of the page.
(() => {
  const carry = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };
  carry();
  addEventListener("hashchange", carry);
})();
