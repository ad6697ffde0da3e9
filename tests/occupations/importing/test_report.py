from careers.occupations.importing.report import Report


def report_of(**figures):
    report = Report("O*NET 29.3")
    table = report.add_table("tasks")
    for name, value in figures.items():
        setattr(table, name, value)
    return report


def test_figures_stand_in_aligned_columns():
    report = report_of(added=18_796, withdrawn=21)
    report.add_table("related occupations").unchanged = 7
    header, tasks, related = report.text().splitlines()[2:5]
    assert len(header) == len(tasks) == len(related)
    assert header.split() == ["added", "changed", "returned", "withdrawn", "unchanged", "skipped"]
    assert tasks.split() == ["tasks", "18,796", "0", "0", "21", "0", "0"]
    assert header.index("added") + len("added") == tasks.index("18,796") + len("18,796")


def test_a_dry_run_says_that_nothing_was_written():
    assert report_of(added=1).text().endswith("Dry run: nothing was written. Add --commit to write.")


def test_a_written_one_says_so():
    report = report_of(added=1)
    report.is_written = True
    assert report.text().endswith("Written.")


def test_nothing_to_do_is_said_plainly():
    assert report_of(unchanged=5).text().endswith("Nothing to do: this data is already imported.")
    assert "Nothing to do" not in report_of(unchanged=5, moved=5).text()


def test_what_is_skipped_stands_there_with_reason_number_and_examples():
    report = report_of()
    for number in range(1, 6):
        report.tables[0].add_skip("of another scale", f"element {number}")
    assert "tasks: 5 skipped: of another scale: element 1, element 2, element 3, …" in report.text()
    assert report.tables[0].skipped == 5


def test_unknown_occupations_are_counted_by_row_and_listed_once():
    report = report_of()
    for code in ("15-9999.00", "15-9999.00", "15-9998.00"):
        report.tables[0].add_unknown(code)
    assert "tasks: 3 skipped: not in the list of occupations: 15-9999.00, 15-9998.00" in report.text()
