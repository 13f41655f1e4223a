"""The screen where a region decides on submitted spaces: /admin/submissions/."""
