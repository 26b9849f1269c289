back-home =
Go to the home page
