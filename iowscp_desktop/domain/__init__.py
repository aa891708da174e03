"""The rules of the field and of the journal: pure, frozen, without files, screens or clocks of their own."""
