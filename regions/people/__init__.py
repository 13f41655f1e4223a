"""Who has which role: how people are brought in, and the screen in the workplace on which that is looked after."""
