"""The named conditions that packs may use: each asks one thing of an event in its moment."""
