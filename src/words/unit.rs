//! Units of measure: what they measure and how many of the smallest they are.

macro_rules! units {
    ($($variant:ident $name:literal $dimension:ident $factor:literal,)*) => {
        /// A unit that texts measure in.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "their names say all")]
        pub enum Unit { $($variant),* }

        impl Unit {
            /// Every unit.
            pub const ALL: &[Unit] = &[$(Unit::$variant),*];

            /// Its name in `language.toml`.
            pub fn as_str(self) -> &'static str {
                match self { $(Unit::$variant => $name),* }
            }

            /// What it measures, and how many of the smallest unit of that it is.
            pub fn measure(self) -> (Dimension, f64) {
                match self { $(Unit::$variant => (Dimension::$dimension, $factor)),* }
            }
        }
    };
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "their names say all")]
pub enum Dimension {
    Time,
    /// Months and years, which are no fixed number of days.
    Calendar,
    Data,
    Rate,
    Frequency,
    Length,
    Power,
    /// How often.
    Repeats,
    Percent,
    Degree,
    Euro,
    Dollar,
    Yen,
    Pound,
}

units! {
    Millisecond "ms" Time 0.001,
    Second "s" Time 1.0,
    Minute "min" Time 60.0,
    Hour "h" Time 3600.0,
    Day "d" Time 86_400.0,
    Week "week" Time 604_800.0,
    Month "month" Calendar 1.0,
    Year "year" Calendar 12.0,
    Bit "bit" Data 0.125,
    Byte "byte" Data 1.0,
    Kilobyte "KB" Data 1024.0,
    Megabyte "MB" Data 1_048_576.0,
    Gigabyte "GB" Data 1_073_741_824.0,
    Terabyte "TB" Data 1_099_511_627_776.0,
    KilobitRate "Kbps" Rate 1e3,
    MegabitRate "Mbps" Rate 1e6,
    GigabitRate "Gbps" Rate 1e9,
    Hertz "Hz" Frequency 1.0,
    Kilohertz "kHz" Frequency 1e3,
    Megahertz "MHz" Frequency 1e6,
    Gigahertz "GHz" Frequency 1e9,
    Millimeter "mm" Length 0.001,
    Centimeter "cm" Length 0.01,
    Meter "meter" Length 1.0,
    Kilometer "km" Length 1000.0,
    Watt "W" Power 1.0,
    Kilowatt "kW" Power 1000.0,
    Times "times" Repeats 1.0,
    Percent "percent" Percent 1.0,
    Degree "degree" Degree 1.0,
    Euro "EUR" Euro 1.0,
    Dollar "USD" Dollar 1.0,
    Yen "JPY" Yen 1.0,
    Pound "GBP" Pound 1.0,
}

/// Signs that every language uses. A degree of temperature is one with and without its C.
const SYMBOLS: &[(&str, Unit)] = &[
    ("%", Unit::Percent),
    ("％", Unit::Percent),
    ("°C", Unit::Degree),
    ("°", Unit::Degree),
    ("℃", Unit::Degree),
    ("kB", Unit::Kilobyte),
    ("KiB", Unit::Kilobyte),
    ("MiB", Unit::Megabyte),
    ("GiB", Unit::Gigabyte),
    ("TiB", Unit::Terabyte),
    ("kbit/s", Unit::KilobitRate),
    ("Kbit/s", Unit::KilobitRate),
    ("Mbit/s", Unit::MegabitRate),
    ("Gbit/s", Unit::GigabitRate),
    ("kbps", Unit::KilobitRate),
    ("€", Unit::Euro),
    ("$", Unit::Dollar),
    ("¥", Unit::Yen),
    ("￥", Unit::Yen),
    ("£", Unit::Pound),
];

impl Unit {
    /// By its name in `language.toml`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.as_str() == name)
    }

    /// The symbol that a text begins with, and its length. Words are no symbols: `d`, `week`.
    pub fn symbol(text: &str) -> Option<(usize, Self)> {
        let names = Self::ALL.iter().map(|unit| (unit.as_str(), *unit));
        let is_word = |name: &str| {
            matches!(name, "d" | "times" | "week" | "month" | "year" | "bit" | "byte" | "meter" | "degree" | "percent")
        };
        let all = SYMBOLS.iter().copied().chain(names.filter(|(name, _)| !is_word(name)));
        let ends = |name: &str| {
            let is_letter = name.ends_with(|c: char| c.is_alphabetic());
            !(is_letter && text[name.len()..].starts_with(|c: char| c.is_alphanumeric() && !crate::words::is_wide(c)))
        };
        let found = all.filter(|(name, _)| text.starts_with(name) && ends(name));
        found.max_by_key(|(name, _)| name.len()).map(|(name, unit)| (name.len(), unit))
    }
}
