from careers.roles.templatetags.codes import unbroken
from tests.cases import each


@each(
    "text, markup",
    [
        ("Data Scientists (15-2051.00)", 'Data Scientists (<span class="unbroken">15-2051.00</span>)'),
        ("2024–2034, <b>", '<span class="unbroken">2024–2034</span>, &lt;b&gt;'),
        ("18-2 & 3", '<span class="unbroken">18-2</span> &amp; 3'),
        ("plain -3 <", "plain -3 &lt;"),
        ("", ""),
    ],
)
def test_codes_and_years_stay_on_one_line(text, markup):
    assert unbroken(text) == markup
