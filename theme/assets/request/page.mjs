// The rows of the page that is looked at.

// Rows of several products on one page are told apart by their product.
const rowOf = ({ product }, { id }) => document.getElementById(id) ?? document.getElementById(`${product}--${id}`);

/** Why a row is needed, as the page says it. */
export const whyOf = (facts, flow) => rowOf(facts, flow)?.querySelector(".why")?.textContent;

/** All of them, or those that match a selector. */
export const onPage = (subjects, wanted = "*") => subjects.map((subject) => ({
  ...subject,
  isShown: (flow) => !flow.elsewhere && rowOf(subject.facts, flow)?.matches(wanted),
}));

/** What the rows of each subject say. */
export const takensOf = (subjects) => subjects.map(({ facts }) => rutter.taken[facts.product]);
