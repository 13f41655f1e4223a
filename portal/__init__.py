"""The ground floor: users, media, pages and faces, mail, protected forms, search. It names nothing above it."""
