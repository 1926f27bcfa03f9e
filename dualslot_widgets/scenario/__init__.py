"""What is simulated: creatures, actions, encounters and settings as plain, frozen data."""
