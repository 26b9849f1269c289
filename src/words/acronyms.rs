//! Names in capitals.

/// Whether a word is one: two capitals or more, as in HTTPS, DNS, `VMware`, but no word at the start of a sentence.
pub fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// The name without its plural: URLs are a URL.
pub fn singular(word: &str) -> &str {
    // Japanese writes a unit right behind its number: 1.5GB.
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.strip_suffix('s').filter(|rest| rest.len() > 1 && rest.chars().all(char::is_uppercase)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_the_plural_and_behind_a_number() {
        for (word, expected) in
            [("URLs", "URL"), ("5GB", "GB"), ("Whois", "Whois"), ("HTTPS", "HTTPS"), ("LDAP", "LDAP")]
        {
            assert_eq!(singular(word), expected);
        }
        assert!(is_acronym("VMware") && !is_acronym("Server"));
    }
}
