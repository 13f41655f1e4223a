"""The demo: the programme of the seven pilot cities as a living portal, in five languages, with dates relative to today."""
