use super::*;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

const TWO: &[&str] = &[VERSION_1, "CREATE TABLE anchor (seq INTEGER) STRICT"];
const TWO_WITH_A_FAULT: &[&str] = &[
    VERSION_1,
    "CREATE TABLE anchor (seq INTEGER) STRICT; INSERT INTO nowhere VALUES (1)",
];

async fn at_version_1(path: &Path) -> SqliteConnection {
    with_a_record(path, STEPS).await
}

/// A journal that these steps made, with one record.
async fn with_a_record(path: &Path, steps: &'static [&'static str]) -> SqliteConnection {
    let mut conn = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap();
    migrate(&mut conn, path, steps).await.unwrap();
    let hash = "a".repeat(64);
    let row = format!(
        "INSERT INTO record SELECT 1, 1, NULL, NULL, 'k', '{{}}', hash, '{hash}' FROM head"
    );
    sqlx::raw_sql(AssertSqlSafe(row))
        .execute(&mut conn)
        .await
        .unwrap();
    conn
}

async fn records(conn: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM record")
        .fetch_one(conn)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_older_journal_is_brought_up_to_date_with_its_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut conn = at_version_1(&path).await;
    migrate(&mut conn, &path, TWO).await.unwrap();
    assert_eq!(probe(&mut conn, &path, 2).await, Ok(2));
    assert_eq!(records(&mut conn).await, 1);
    let newer = probe(&mut conn, &path, 1).await;
    assert_eq!(newer, Err(StoreError::Newer { found: 2, known: 1 }));
}

#[tokio::test]
async fn a_step_that_fails_leaves_the_older_journal_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut conn = at_version_1(&path).await;
    assert!(migrate(&mut conn, &path, TWO_WITH_A_FAULT).await.is_err());
    assert_eq!(probe(&mut conn, &path, 1).await, Ok(1));
    assert_eq!(records(&mut conn).await, 1);
    migrate(&mut conn, &path, TWO).await.unwrap();
}

#[tokio::test]
async fn a_journal_of_every_earlier_version_is_brought_up_to_date_with_its_records() {
    for version in 1..=STEPS.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let mut conn = with_a_record(&path, &STEPS[..version]).await;
        migrate(&mut conn, &path, STEPS).await.unwrap();
        assert_eq!(
            probe(&mut conn, &path, STEPS.len()).await,
            Ok(STEPS.len()),
            "from version {version}"
        );
        assert_eq!(records(&mut conn).await, 1, "from version {version}");
        // What guards the records holds in the file that was brought up to date.
        let change = sqlx::raw_sql("UPDATE record SET body = '[]'")
            .execute(&mut conn)
            .await;
        assert!(change.unwrap_err().to_string().contains("append-only"));
    }
}
