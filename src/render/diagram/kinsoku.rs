//! What may stand where a line ends: the classes of JIS X 4051 (in the words of JLREQ, 3.1.7 to 3.1.10),
//! and what the Latin alphabet asks for beside them.

use unicode_normalization::char::is_combining_mark;

/// What no line begins with.
const NEVER_BEGIN: [&str; 6] = [
    // Closing brackets and quotation marks.
    "）］｝〕〉》」』】｠〙〗〟»｣",
    // Hyphens and dashes that join.
    "‐–〜゠～",
    // Dividing marks, middle dots, full stops, commas.
    "！？‼⁇⁈⁉・：；／･。．｡、，､",
    // Marks that repeat; the mark of a long sound; marks of voiced sounds that stand alone.
    "ヽヾゝゞ々〻ーｰ゛゜ﾞﾟ",
    // Small kana, with those of half width.
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ",
    // Units behind numbers.
    "％‰℃℉′″",
];

/// Whether no line begins with a character, whatever stands before it.
pub fn never_begins(c: char) -> bool {
    NEVER_BEGIN.iter().any(|class| class.contains(c))
        || matches!(c, '\u{31f0}'..='\u{31ff}' | '\u{fe00}'..='\u{fe0f}')
        || is_combining_mark(c)
        || is_glue(c)
}

/// Whether no line begins with it where no space stands before it.
fn clings(c: char) -> bool {
    never_begins(c) || ")]}’”!?.,:;/%°".contains(c)
}

/// Whether no line ends with a character: opening brackets and quotation marks, and what stands before
/// numbers.
pub fn never_ends(c: char) -> bool {
    "（［｛〔〈《「『【｟〘〖〝«｢‘“([{￥＄£＃€№".contains(c) || is_glue(c)
}

/// Spaces at which no line ends, and what joins words without one.
fn is_glue(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2060}' | '\u{feff}' | '\u{200d}')
}

/// Whether a line may end between two characters, as far as their classes go.
pub(super) fn may_part(last: char, next: char) -> bool {
    // Dashes and dots that belong together (JLREQ, 3.1.10).
    let is_row = last == next && "—…‥".contains(last);
    let is_bound = if last == ' ' { never_begins(next) } else { clings(next) };
    !is_row && !is_bound && !never_ends(last) && next != ' '
}

/// Katakana, marks of long sounds included; a run of them is a word, or several.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}' | '\u{31f0}'..='\u{31ff}')
}

/// Whether a syllable ends here: a line begins with no sound that goes on with the one before it.
pub(super) fn parts_sounds(last: char, next: char) -> bool {
    may_part(last, next) && next != 'ン' && last != 'ッ'
}
