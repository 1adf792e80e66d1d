"""Names and origins for made-up people, with how often each comes up. No name is meant to be anybody's."""

from typing import Final

GIVEN_NAMES: Final = {
    "1": ("Alan", "Arjun", "Brian", "Colin", "David", "Derek", "Emeka", "Frank", "George", "Harold", "Imran", "Jack",
          "Kofi", "Leslie", "Mohammed", "Nigel", "Owen", "Piotr", "Ravi", "Stanley", "Terry", "Viktor", "Wilfred"),
    "2": ("Agnes", "Beryl", "Carol", "Doreen", "Edith", "Fatima", "Grace", "Hilda", "Irene", "Jean", "Kasia", "Linda",
          "Maureen", "Nasreen", "Olive", "Patricia", "Queenie", "Ruth", "Sheila", "Thandi", "Una", "Vera", "Winifred"),
}  # fmt: skip
SURNAMES: Final = (
    "Abbott", "Ahmed", "Akhtar", "Bailey", "Barnes", "Begum", "Bennett", "Chowdhury", "Clegg", "Cole", "Dawson",
    "Dunne", "Ellis", "Fairweather", "Garside", "Greenhalgh", "Hobbs", "Hussain", "Ifill", "Jessop", "Kaur",
    "Kowalska", "Lightfoot", "Lomax", "Mbeki", "Nuttall", "O’Hara", "Okafor", "Patel", "Pickles", "Quick", "Rahman",
    "Renée", "Sharples", "Singh", "Tetlow", "Ullah", "Vickers", "Whittle", "Yates", "Zöller",
)  # fmt: skip
ETHNICITIES: Final = (("A", "B", "C", "H", "J", "K", "M", "N", "S", "Z"), (60, 2, 4, 7, 8, 3, 3, 4, 2, 7))
"""Codes of ETHNIC CATEGORY (NHS Data Dictionary); Z is not stated."""
LANGUAGES: Final = (("en", "pa", "ur", "pl", "bn", ""), (78, 4, 6, 3, 3, 6))
GOALS: Final = (
    "To get to my grandson's wedding on my own two feet",
    "To make a cup of tea without being afraid of the kettle",
    "To sleep in my own bed, upstairs",
    "To go back to the allotment before the leeks are over",
    "To do my own insulin again",
    "To know on Monday who is coming on Tuesday",
    "For my wife to have one night a week that is hers",
    "To walk to the mosque on Fridays",
    "To be asked, and not told",
    "To play cards on Thursdays like before",
)
CAFE: Final = ("lunch_club", "memory_cafe", "choir", "mosque", "church", "allotment", "walking_group")
