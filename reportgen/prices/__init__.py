"""The price book at work: looking prices up, checking them, bringing new ones in, and telling two books apart."""
