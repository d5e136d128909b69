"""One child told under several packs with the same facts: what is due by when, and what is refused, in each."""
