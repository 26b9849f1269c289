mod generate;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    generate::write_site(a[1].as_ref(), generate::Size { products: a[2].parse().unwrap(), rows: a[3].parse().unwrap() }).unwrap();
}
