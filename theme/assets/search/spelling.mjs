// Words that are another word written otherwise.

const ENDING = /^(e[smnd]?|[sn]|ern?|nen|ing)$/;

export const isWord = (token) => /^[a-z]{3,}$/.test(token);

const isLonger = (word, stem) => stem.length > 4 && word.startsWith(stem) && ENDING.test(word.slice(stem.length));

/** Whether two words differ by their ending only: `https` is no form of `http`. */
export const isForm = (word, other) => isLonger(word, other) || isLonger(other, word);

/** Whether at most one letter is too many, too few or wrong, or two have changed places. */
export const isSlip = (word, other) => {
  let same = 0;
  while (word[same] && word[same] === other[same]) same++;
  const [end, otherEnd] = [word.slice(same), other.slice(same)];
  return (
    end.slice(1) === otherEnd ||
    end === otherEnd.slice(1) ||
    end.slice(1) === otherEnd.slice(1) ||
    end[1] + end[0] + end.slice(2) === otherEnd
  );
};

const KINDS = [/[a-z0-9.:/_-]/, /[ァ-ヾ]/, /[㐀-鿿]/];

/** Whether two letters beside each other belong to one word. */
export const isJoined = (before = " ", after = " ") => KINDS.some((kind) => kind.test(before) && kind.test(after));
