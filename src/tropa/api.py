"""The public names of `import tropa`."""
