// Links to other languages lead to the same place of the page, and ask the same question.
(() => {
  const carry = () => {
    const { search } = location;
    // A row that was opened by hand stands there with what the address has.
    const hash = self.rutter?.table?.address() ?? location.hash;
    for (const link of document.querySelectorAll(".languages a")) Object.assign(link, { hash, search });
  };
  carry();
  addEventListener("hashchange", carry);
  // A script that keeps its state in the address says so: replacing it makes no other sound.
  document.addEventListener("rutter:address", carry);
})();
