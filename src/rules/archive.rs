//! Several files as one: a ZIP that stores them as they are (PKWARE's APPNOTE 6.3), with names in UTF-8, dated
//! 1980-01-01. The theme makes the same bytes; a library on either side would write its own idea of the rest.

/// General purpose bit 11: names are UTF-8.
const UTF8: u16 = 1 << 11;
/// The first day that the format knows.
const DAY: u16 = 1 << 5 | 1;
/// Version 2.0 of the format.
const VERSION: u16 = 20;

/// The archive of files, in their order.
pub fn archive<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let (mut bytes, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, content) in files {
        let offset = bytes.len() as u32;
        let mut common = Vec::new();
        // Version needed, flags, method "stored", time, day.
        for word in [VERSION, UTF8, 0, 0, DAY] {
            common.extend(word.to_le_bytes());
        }
        for long in [crc32(content), content.len() as u32, content.len() as u32] {
            common.extend(long.to_le_bytes());
        }
        // Lengths of the name and of extra fields.
        for word in [name.len() as u16, 0] {
            common.extend(word.to_le_bytes());
        }
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        directory.extend(b"PK\x01\x02");
        // Version made by.
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&common);
        // Comment, disk, internal and external attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
        count += 1;
    }
    let (start, size) = (bytes.len() as u32, directory.len() as u32);
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    for word in [count, count] {
        bytes.extend(word.to_le_bytes());
    }
    for long in [size, start] {
        bytes.extend(long.to_le_bytes());
    }
    bytes.extend([0; 2]);
    bytes
}

/// CRC-32 (ISO 3309), bit by bit: files are a few kilobytes.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
