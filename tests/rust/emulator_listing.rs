//! Pages and filters.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::Options;
use twelvelabs_batches::emulator::options::PageLimitPolicy;

use crate::emulator_story::{Story, code, general, one_by_one, segmenting};

/// A platform with this many completed batches, oldest first.
fn with_batches(count: usize) -> (Story, Vec<String>) {
    let story = Story::new(Options { max_active_batches: 100, ..one_by_one() });
    let create = |n| story.created(&if n % 2 == 0 { general(1) } else { segmenting(1) });
    let ids = (0..count).map(create).collect();
    story.pass(100);
    (story, ids)
}

fn ids(page: &Value) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|batch| batch["batch_id"].as_str().unwrap()).collect()
}

#[test]
fn pages_go_from_newest_to_oldest_and_end_empty() {
    let (story, mut created) = with_batches(25);
    created.reverse();
    let mut seen = Vec::new();
    for page in 1..=3 {
        let (status, body) = story.get(&format!("analyze/batches?page={page}"));
        assert_eq!(status, 200);
        let info = json!({"limit_per_page": 10, "page": page, "total_page": 3, "total_results": 25});
        assert_eq!(body["page_info"], info);
        seen.extend(ids(&body).into_iter().map(str::to_owned));
    }
    assert_eq!(seen, created);
    let (status, body) = story.get("analyze/batches?page=4");
    assert_eq!((status, &body["data"]), (200, &json!([])));
    assert_eq!(body["page_info"]["total_results"], 25);
}

#[test]
fn an_empty_account_has_an_empty_page() {
    let story = Story::new(one_by_one());
    let (status, body) = story.get("analyze/batches");
    let info = json!({"limit_per_page": 10, "page": 1, "total_page": 0, "total_results": 0});
    assert_eq!((status, body), (200, json!({"data": [], "page_info": info})));
}

#[test]
fn list_entries_are_what_retrieving_shows() {
    let (story, created) = with_batches(1);
    let (_, page) = story.get("analyze/batches");
    assert_eq!(page["data"][0], story.retrieve(&created[0]).1);
}

#[test]
fn filters_add_up_within_and_narrow_between() {
    let (story, created) = with_batches(4);
    let pending = story.created(&general(1));
    let canceling = story.created(&segmenting(1));
    story.cancel(&canceling);
    let count = |query: &str| {
        let (status, body) = story.get(&format!("analyze/batches?{query}"));
        assert_eq!(status, 200, "{body}");
        ids(&body).len()
    };
    assert_eq!(count("status=completed"), 4);
    assert_eq!(count("status=pending&status=canceling"), 2);
    assert_eq!(count("status=expired"), 0);
    assert_eq!(count("analysis_mode=general"), 3);
    assert_eq!(count("analysis_mode=general&analysis_mode=time_based_metadata"), 6);
    assert_eq!(count("analysis_mode=general&status=pending&status=canceling"), 1);
    let (_, body) =
        story.get("analyze/batches?analysis_mode=time%5Fbased_metadata&status=completed&page_limit=1");
    assert_eq!(ids(&body), [&created[3]]);
    assert_eq!(body["page_info"]["total_page"], 2);
    let (_, body) = story.get("analyze/batches?status=pending");
    assert_eq!(ids(&body), [&pending]);
}

#[test]
fn bad_query_parameters_are_refused() {
    let (story, _) = with_batches(1);
    let bad = [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=one", "page"),
        ("page=1.5", "page"),
        ("page=", "page"),
        ("page_limit=0", "page_limit"),
        ("page_limit=51", "page_limit"),
        ("status=done", "status"),
        ("status=completed&status=Completed", "status"),
        ("analysis_mode=both", "analysis_mode"),
    ];
    for (query, parameter) in bad {
        let (status, body) = story.get(&format!("analyze/batches?{query}"));
        assert_eq!((status, code(&body)), (400, "parameter_invalid"), "{query}");
        assert_eq!(body["error"]["details"]["parameter"], parameter, "{query}");
    }
    for query in ["page_limit=1", "page_limit=50", "page=9999999999999", "anything=else", ""] {
        assert_eq!(story.get(&format!("analyze/batches?{query}")).0, 200, "{query}");
    }
}

#[test]
fn pages_out_of_range_can_be_clamped() {
    let story = Story::new(Options { page_limit_policy: PageLimitPolicy::Clamp, ..one_by_one() });
    let (status, body) = story.get("analyze/batches?page=0&page_limit=51");
    assert_eq!(status, 200);
    assert_eq!((&body["page_info"]["page"], &body["page_info"]["limit_per_page"]), (&json!(1), &json!(50)));
    assert_eq!(story.get("analyze/batches?page=x").0, 400);
}
