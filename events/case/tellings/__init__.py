"""How the events of each topic move the story of a case on."""
