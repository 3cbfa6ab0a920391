//! Which page comes next.

use twelvelabs_batches::client::next_page;
use twelvelabs_batches::models::PageInfo;

fn info(limit: Option<i64>, page: Option<i64>, pages: Option<i64>, results: Option<i64>) -> PageInfo {
    PageInfo {
        limit_per_page: limit,
        page,
        total_page: pages,
        total_results: results,
        extra: serde_json::Map::new(),
    }
}

#[test]
fn the_number_of_pages_decides() {
    assert_eq!(next_page(1, 10, &info(Some(10), Some(1), Some(3), Some(25))), Some(2));
    assert_eq!(next_page(2, 10, &info(Some(10), Some(2), Some(3), Some(25))), Some(3));
    assert_eq!(next_page(3, 5, &info(Some(10), Some(3), Some(3), Some(25))), None);
}

#[test]
fn without_it_the_number_of_entries_does() {
    assert_eq!(next_page(1, 10, &info(Some(10), None, None, Some(11))), Some(2));
    assert_eq!(next_page(1, 10, &info(Some(10), None, None, Some(10))), None);
}

#[test]
fn without_both_a_full_page_has_a_successor() {
    assert_eq!(next_page(4, 10, &info(Some(10), None, None, None)), Some(5));
    assert_eq!(next_page(4, 9, &info(Some(10), None, None, None)), None);
    assert_eq!(next_page(4, 1, &info(None, None, None, None)), Some(5));
}

#[test]
fn a_pager_always_ends() {
    assert_eq!(
        next_page(1, 0, &info(Some(10), Some(1), Some(3), Some(25))),
        None,
        "an empty page is the last"
    );
    assert_eq!(
        next_page(9, 5, &info(Some(10), Some(3), Some(99), None)),
        None,
        "the page asked for was clamped"
    );
    assert_eq!(next_page(u32::MAX, 5, &info(None, None, Some(i64::MAX), None)), None);
}
