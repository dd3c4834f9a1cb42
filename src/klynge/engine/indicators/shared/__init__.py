"""What several definitions share: chronic diseases, kinds of stay, the sources and their names."""
