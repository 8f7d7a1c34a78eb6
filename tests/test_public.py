"""The public names of `kg`: exactly these, sorted, each imported on first use."""

import kg


def test_public_names_are_sorted_and_there() -> None:
    assert list(kg.__all__) == sorted(kg.__all__)
    assert {name: getattr(kg, name).__name__ for name in kg.__all__} == {name: name for name in kg.__all__}
    assert set(kg.__all__) <= set(dir(kg))


def test_an_unknown_name_is_no_attribute() -> None:
    assert not hasattr(kg, "nonsense")
