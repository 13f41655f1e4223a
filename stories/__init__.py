"""What happens: events, stories and announcements. It may import from spaces, regions and the portal."""
