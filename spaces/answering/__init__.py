"""The screens where a region sees requests and cases: /admin/requests/ and /admin/cases/."""
